import type { Ledger } from '../../core/ledger.ts';
import type { Component } from './modules/scope.ts';
import type { World } from './modules/world.ts';

/**
 * Where it runs decides on what takes its place: Alloy of the stack on the nodes of a cluster, or a group of machines
 * outside, which is drafted.
 */
export type Where = 'nodes' | 'machine';

export interface AlloyContext {
  readonly cluster: string;
  readonly ledger: Ledger;
  readonly world: World;
  readonly components: readonly Component[];
  readonly where: Where;
  /** Name of the group of machines, where there is one to be. */
  readonly group: string;
  /** Gives each source a name of its own. */
  readonly name: (wanted: string) => string;
  /** Whose everything is that goes to a component which sends. */
  readonly tenantOf: (end: Component | undefined) => string | undefined;
}

export function byHand(what: string): string {
  return `else by hand, with ${what} in a patch of its configuration`;
}
