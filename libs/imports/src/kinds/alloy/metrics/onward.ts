import { child, itemsOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { isBound } from '../modules/found.ts';
import type { Component } from '../modules/scope.ts';
import type { World } from '../modules/world.ts';
import { blocksOf, type BlockNode } from '../syntax/nodes.ts';
import { foundBy } from './targets.ts';

/** The way of what a component gives to others, to where it leaves this Alloy. */
export interface Way {
  /** Components on the way, without its end. */
  readonly through: readonly Component[];
  readonly end: Component | undefined;
}

const DEEPEST = 30;
const MOST = 200;

/** Every way from an argument such as `forward_to`, by the components that pass things on. */
export function waysFrom(list: SourceNode | undefined, passes: ReadonlySet<string>, world: World): readonly Way[] {
  const known = new Map<Component, readonly Way[]>();
  return ways(list, 0);

  function ways(from: SourceNode | undefined, depth: number): readonly Way[] {
    const nodes = from !== undefined && isBound(from) ? [from] : itemsOf(from);
    return nodes.flatMap((node): readonly Way[] => {
      if (!isBound(node) || depth > DEEPEST) return [];
      const found = foundBy(node, world);
      if (found.kind === 'value') return ways(found.node, depth + 1);
      if (found.kind !== 'export') return [];
      return passes.has(found.component.name)
        ? beyond(found.component, depth)
        : [{ through: [], end: found.component }];
    });
  }

  function beyond(component: Component, depth: number): readonly Way[] {
    const before = known.get(component);
    if (before !== undefined) return before;
    // Whoever comes back to it while it is looked at has gone in a circle.
    known.set(component, []);
    const next = outputsOf(component).flatMap((output) => ways(output, depth + 1));
    const all: readonly Way[] = next.length === 0 ? [{ through: [], end: undefined }] : next.slice(0, MOST);
    const own = all.map(({ through, end }) => ({ through: [component, ...through], end }));
    known.set(component, own);
    return own;
  }
}

/** Where a component passes on what it gets. */
export function outputsOf({ node }: Component): readonly SourceNode[] {
  const named = [
    child(node, 'forward_to'),
    ...blocksOf(node, 'output').flatMap((output) => ['metrics', 'logs', 'traces'].map((key) => child(output, key))),
  ];
  return named.filter((output) => output !== undefined);
}

const METRICS = new Set(['prometheus.relabel', 'prometheus.enrich']);
const STORES = new Set(['prometheus.remote_write', 'prometheus.write.queue']);

/** What becomes of series on their way to the store that this stack takes the place of. */
export interface MetricsWay {
  readonly through: readonly Component[];
  readonly rules: readonly BlockNode[];
  readonly store: Component | undefined;
  /** Components on ways to other places. */
  readonly others: readonly Component[];
}

export function metricsWay(scrape: Component, world: World): MetricsWay {
  const ways = waysFrom(child(scrape.node, 'forward_to'), METRICS, world);
  const chosen = ways.find(({ end }) => end !== undefined && STORES.has(end.name)) ?? ways[0];
  const through = chosen?.through ?? [];
  const taken = new Set([...through, chosen?.end]);
  return {
    through,
    rules: through.flatMap(({ node }) => blocksOf(node, 'rule')),
    store: chosen?.end !== undefined && STORES.has(chosen.end.name) ? chosen.end : undefined,
    others: ways.flatMap((way) => way.through).filter((component) => !taken.has(component)),
  };
}
