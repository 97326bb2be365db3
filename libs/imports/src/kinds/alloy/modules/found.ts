import type { ComputedNode } from '../syntax/nodes.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { Component, Scope } from './scope.ts';

/** What an expression is, as far as it can be known without running Alloy. */
export type Found =
  | { readonly kind: 'value'; readonly node: SourceNode }
  /** What a component gives to others: `targets`, `receiver`. */
  | { readonly kind: 'export'; readonly component: Component; readonly path: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** A value that only the running Alloy knows, with the scope whose names it is in. */
export interface BoundNode extends ComputedNode {
  readonly scope: Scope;
}

export function isBound(node: SourceNode | undefined): node is BoundNode {
  return node !== undefined && 'expression' in node && 'scope' in node;
}

export function unknown(why: string): Found {
  return { kind: 'unknown', why };
}
