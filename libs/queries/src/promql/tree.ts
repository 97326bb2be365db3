import type { Span } from '@lgtm-fleet/diagnostics';
import type { DurationText, Grouping, Matcher, Matching, Name } from '../core/parts.ts';

export interface Selector extends Span {
  readonly kind: 'selector';
  /** The name before the braces. */
  readonly name: Name | undefined;
  readonly matchers: readonly Matcher[];
}

export interface Binary extends Span {
  readonly kind: 'binary';
  /** In small letters. */
  readonly operator: string;
  readonly operatorPlace: Span;
  readonly left: PromqlTree;
  readonly right: PromqlTree;
  readonly bool: Span | undefined;
  readonly matching: Matching | undefined;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: Name;
  readonly arguments: readonly PromqlTree[];
}

export interface Aggregate extends Span {
  readonly kind: 'aggregate';
  /** In small letters. */
  readonly operator: string;
  readonly operatorPlace: Span;
  readonly grouping: Grouping | undefined;
  readonly arguments: readonly PromqlTree[];
}

export interface Subquery extends Span {
  readonly kind: 'subquery';
  readonly of: PromqlTree;
  readonly range: DurationText;
  readonly step: DurationText | undefined;
}

export interface Range extends Span {
  readonly kind: 'range';
  readonly of: PromqlTree;
  readonly range: DurationText;
}

/** A query of PromQL. Every span is of the query's own text. */
export type PromqlTree =
  | (Span & { readonly kind: 'number'; readonly value: number | undefined })
  | (Span & { readonly kind: 'string'; readonly value: string; readonly variable: boolean })
  /** A variable of Grafana that is a whole operand. */
  | (Span & { readonly kind: 'variable' })
  | (Span & { readonly kind: 'paren' | 'unary'; readonly of: PromqlTree })
  | (Span & { readonly kind: 'offset' | 'at'; readonly of: PromqlTree; readonly place: Span })
  | Selector
  | Range
  | Subquery
  | Call
  | Aggregate
  | Binary;

/** The operands of a part of a query, in their order. */
export function operands(tree: PromqlTree): readonly PromqlTree[] {
  switch (tree.kind) {
    case 'call':
    case 'aggregate':
      return tree.arguments;
    case 'binary':
      return [tree.left, tree.right];
    case 'paren':
    case 'unary':
    case 'offset':
    case 'at':
    case 'range':
    case 'subquery':
      return [tree.of];
    default:
      return [];
  }
}

/** It and everything in it, outer first. */
export function* walk(tree: PromqlTree): Generator<PromqlTree> {
  const rest = [tree];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    yield part;
    rest.push(...operands(part).toReversed());
  }
}
