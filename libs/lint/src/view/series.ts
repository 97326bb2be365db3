import { catalogues, type CataloguedProgram } from '@lgtm-fleet/queries';
import type { ClusterView } from './cluster.ts';
import { ruleSources } from './rule-files.ts';

/** Beginnings of names that one program alone gives its series, but for those that Alloy has too. */
const OWNERS: readonly (readonly [RegExp, CataloguedProgram])[] = [
  [/^loki_(?!(?:write|process|source|relabel|rules|echo|enrich|secretfilter|experimental)_)/, 'loki'],
  [/^cortex_/, 'mimir'],
  [/^prometheus_(?:tsdb|engine|rule|api|notifications|web)_/, 'prometheus'],
  [/^node_/, 'node-exporter'],
  [/^kube_(?!customresource_|state_metrics_)/, 'kube-state-metrics'],
  [/^tempo(?:db)?_(?!vulture_)/, 'tempo'],
  [/^SeaweedFS_/, 'seaweedfs'],
];

/** The program that a series must be of, by its name; none for a name that says nothing, or that a rule made. */
export function ownerOf(series: string): CataloguedProgram | undefined {
  if (series.includes(':')) return undefined;
  return OWNERS.find(([beginning]) => beginning.test(series))?.[1];
}

const PARTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(catalogues).map(([program, series]) => [program, new Set([...series].map(partOf))]),
);

/**
 * True where the list of a program would have a series if there were one: of the parts of the program that were at
 * work when it was made. The list of kube-state-metrics is from its documentation, and whole.
 */
export function isListed(series: string, program: CataloguedProgram): boolean {
  return program === 'kube-state-metrics' || PARTS.get(program)?.has(partOf(series)) === true;
}

/** `node_memory` of `node_memory_MemFree_bytes`: the collector, the module. */
function partOf(series: string): string {
  return series.split('_').slice(0, 2).join('_');
}

/** True where the plan runs a program: as a component of its name, or as what one of another name mainly is. */
export function isPlannedProgram(cluster: ClusterView, program: CataloguedProgram): boolean {
  return cluster.plan.components.some(({ name, releases: [main] }) => name === program || main === program);
}

/** Names of the series of a program that are near in length: only they can be meant by another name. */
export function seriesLike(name: string, program: CataloguedProgram): readonly string[] {
  return [...catalogues[program]].filter((one) => Math.abs(one.length - name.length) <= name.length / 3);
}

/** Series that the cluster's rules record. */
export function recordedSeries(cluster: ClusterView): ReadonlySet<string> {
  return new Set(
    ruleSources(cluster).flatMap(({ rules }) =>
      rules.filter(({ kind }) => kind === 'record').map(({ name }) => name.text),
    ),
  );
}
