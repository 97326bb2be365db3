import type { Span } from '@lgtm-fleet/diagnostics';
import type { DurationText, Grouping, Matcher, Matching, Name } from '../core/parts.ts';

/** One comparison of `| status >= 500 and duration > 5s`. */
export interface LabelFilter extends Span {
  /** Absent for a variable that stands for the whole filter. */
  readonly label: Name | undefined;
  readonly operator: string;
  readonly value: Name;
  readonly of: 'text' | 'number' | 'duration' | 'bytes' | 'ip';
}

/** A step of a pipeline. */
export type Stage = Span &
  (
    | { readonly kind: 'line'; readonly operator: string; readonly texts: readonly (Name & { readonly ip: boolean })[] }
    /** `json`, `logfmt`, `regexp`, `pattern` or `unpack`; `text` of those that take one; labels they take out. */
    | {
        readonly kind: 'parser';
        readonly name: string;
        readonly text: Name | undefined;
        readonly labels: readonly Name[];
      }
    | { readonly kind: 'label'; readonly filters: readonly LabelFilter[] }
    | { readonly kind: 'line_format'; readonly text: Name }
    | { readonly kind: 'label_format'; readonly labels: readonly Name[] }
    | { readonly kind: 'decolorize' }
    | { readonly kind: 'drop' | 'keep'; readonly labels: readonly Name[]; readonly matchers: readonly Matcher[] }
    | { readonly kind: 'unwrap'; readonly conversion: string | undefined; readonly label: Name }
    /** A variable of Grafana that stands for whole stages. */
    | { readonly kind: 'variable' }
  );

export interface LogQuery extends Span {
  readonly kind: 'log';
  readonly matchers: readonly Matcher[];
  /** Span of `{…}`. */
  readonly selector: Span;
  readonly stages: readonly Stage[];
}

export interface RangeAggregation extends Span {
  readonly kind: 'range';
  /** In small letters. */
  readonly operator: string;
  readonly operatorPlace: Span;
  readonly parameter: Name | undefined;
  readonly of: LogQuery;
  /** Absent where nothing in brackets follows, which the reading has made a fault. */
  readonly range: DurationText;
  readonly grouping: Grouping | undefined;
}

export interface VectorAggregation extends Span {
  readonly kind: 'vector';
  readonly operator: string;
  readonly operatorPlace: Span;
  readonly parameter: Name | undefined;
  readonly of: LogqlTree;
  readonly grouping: Grouping | undefined;
}

export interface LogqlBinary extends Span {
  readonly kind: 'binary';
  readonly operator: string;
  readonly operatorPlace: Span;
  readonly left: LogqlTree;
  readonly right: LogqlTree;
  readonly matching: Matching | undefined;
}

/** A query of LogQL. Every span is of the query's own text. */
export type LogqlTree =
  | LogQuery
  | RangeAggregation
  | VectorAggregation
  | LogqlBinary
  | (Span & { readonly kind: 'variable' })
  /** A bare number, or `vector(1)`. */
  | (Span & { readonly kind: 'number'; readonly vector: boolean })
  | (Span & { readonly kind: 'paren'; readonly of: LogqlTree })
  | (Span & { readonly kind: 'label_replace'; readonly of: LogqlTree; readonly texts: readonly Name[] });

/** It and everything in it, outer first. */
export function* walkLogql(tree: LogqlTree): Generator<LogqlTree> {
  const rest = [tree];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    yield part;
    if (part.kind === 'binary') rest.push(part.right, part.left);
    else if ('of' in part) rest.push(part.of);
  }
}
