import { labelsOf, list, number, text, type Manifest } from '@lgtm-fleet/manifests';
import { own } from '../fields/own.ts';
import { quantity } from '../fields/scalar.ts';
import { words, type Phrase } from '../phrase.ts';
import type { Change, Effect } from '../types.ts';

/** StatefulSets that are one ring: those of all zones. */
export interface Ring {
  /** `mimir/ingester`; the kind and name where it has no such labels. */
  readonly name: string;
  readonly sets: readonly Manifest[];
}

export function ringName(manifest: Manifest): string {
  const labels = labelsOf(manifest);
  const [name, component] = [labels['app.kubernetes.io/name'], labels['app.kubernetes.io/component']];
  return name === undefined || component === undefined ? objectOf(manifest) : `${name}/${component}`;
}

export function rings(manifests: readonly Manifest[]): readonly Ring[] {
  const sets = manifests.filter(({ kind }) => kind === 'StatefulSet');
  return [...Map.groupBy(sets, ringName)].map(([name, own]) => ({ name, sets: own }));
}

export function replicasOf(manifest: Manifest): number {
  return number(manifest.body, 'spec', 'replicas') ?? 1;
}

export function zoneOf(manifest: Manifest): string | undefined {
  return labelsOf(manifest)['zone'];
}

/** `StatefulSet/observability/loki`: what approvals call an object. */
export function objectOf({ kind, namespace, name }: Pick<Manifest, 'kind' | 'namespace' | 'name'>): string {
  return namespace === '' ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** The same of an object that changed, without the hash in its name. */
export function subjectOf(change: Change): string {
  return objectOf(change);
}

export interface Claim {
  readonly name: string;
  readonly bytes: number | undefined;
  readonly size: string;
}

/** Volumes that a StatefulSet asks for, for each of its pods. */
export function claimsOf(manifest: Manifest | undefined): readonly Claim[] {
  return list(manifest?.body, 'spec', 'volumeClaimTemplates').map((claim) => {
    const size = text(claim, 'spec', 'resources', 'requests', 'storage') ?? '';
    return { name: text(claim, 'metadata', 'name') ?? '', size, bytes: quantity(size) };
  });
}

/** What pods of a ring hold that is nowhere else yet, and what it means to take one away. */
export interface Holding {
  readonly holds: Phrase;
  readonly effect: Effect;
}

const HOLDINGS: Readonly<Record<string, Holding>> = {
  'mimir/ingester': { holds: words('up to 13 hours of samples that are not in the bucket yet'), effect: 'data-loss' },
  'mimir/monolithic': { holds: words('up to 13 hours of samples that are not in the bucket yet'), effect: 'data-loss' },
  'mimir/alertmanager': { holds: words('silences and the state of notifications'), effect: 'data-loss' },
  'mimir/store-gateway': { holds: words('the index of blocks that it answers for'), effect: 'downtime' },
  'mimir/compactor': { holds: words('blocks that it is merging'), effect: 'downtime' },
  'loki/ingester': { holds: words('the last hours of lines that are not in the bucket yet'), effect: 'data-loss' },
  'loki/monolithic': { holds: words('the last hours of lines that are not in the bucket yet'), effect: 'data-loss' },
  'loki/index-gateway': { holds: words('a copy of the index'), effect: 'downtime' },
  'loki/compactor': { holds: words('the marks of what is to be deleted'), effect: 'downtime' },
  'tempo/live-store': { holds: words('the last minutes of traces, as the only one in its zone'), effect: 'downtime' },
  'tempo/block-builder': {
    holds: words('its part of the partitions, which nobody else turns into blocks'),
    effect: 'data-loss',
  },
  'tempo/monolithic': { holds: words('traces that are not in a block yet'), effect: 'data-loss' },
  'kafka/broker': { holds: words('its copies of the partitions'), effect: 'data-loss' },
  'prometheus/prometheus': { holds: words('all of its samples'), effect: 'data-loss' },
  'seaweedfs/seaweedfs': { holds: words('the objects of every store'), effect: 'data-loss' },
  'grafana/grafana': { holds: words('dashboards, users and preferences that are not in git'), effect: 'data-loss' },
};

/** What the pods of a ring with volumes hold; undefined for those that keep nothing, as caches do. */
export function holding(manifest: Manifest): Holding | undefined {
  const known = own(HOLDINGS, ringName(manifest));
  if (known !== undefined) return known;
  return claimsOf(manifest).length === 0 ? undefined : { holds: words('what is on its volume'), effect: 'data-loss' };
}

/** Rings that answer only while most of their pods do: those that hold something, with more than one pod. */
export function quorumsOf(manifests: readonly Manifest[]): readonly string[] {
  return rings(manifests)
    .filter(({ sets }) => sets.some((set) => holding(set) !== undefined))
    .filter(({ sets }) => sets.reduce((sum, set) => sum + replicasOf(set), 0) > 1)
    .map(({ name }) => name)
    .toSorted();
}
