import type { Fault } from '../fault.ts';
import { loadOf } from '../limits.ts';
import type { ClusterSpec } from '../schema.ts';
import { formatCount } from '@lgtm-fleet/units';
import { SERIES_OF_HOST, seriesOf } from './series.ts';

type Spec = ClusterSpec['spec'];

/** What one entry of `spec.ingest` sends, in series. */
interface Part {
  readonly name: string;
  readonly tenant: string;
  readonly series: number;
  readonly path: readonly (string | number)[];
}

/** All that comes from outside, in the order of the file. */
export function partsOf({ ingest, tenants }: Pick<Spec, 'ingest' | 'tenants'>): readonly Part[] {
  const first = tenants[0]?.name ?? '';
  const at = (list: string, index: number) => ['spec', 'ingest', list, index, 'name'];
  return [
    ...ingest.sources.map((source, index) => ({
      name: source.name,
      tenant: source.tenant ?? first,
      series: seriesOf(source),
      path: at('sources', index),
    })),
    ...ingest.senders.map(({ name, tenant = first, series = 0 }, index) => ({
      name,
      tenant,
      series,
      path: at('senders', index),
    })),
    ...ingest.hosts.map(({ name, tenant = first, os, count }, index) => ({
      name,
      tenant,
      series: count * SERIES_OF_HOST[os],
      path: at('hosts', index),
    })),
  ];
}

/** The load of a cluster is all of it: what comes from outside is a part, and finds its place in it. */
export function load(spec: Spec): Fault[] {
  const limits = new Map(spec.tenants.map(({ name, limits }) => [name, limits?.activeSeries]));
  const whole = loadOf(spec).activeSeries;
  const sums = new Map<string, number>();
  let sum = 0;
  let beyond = false;
  return partsOf(spec).flatMap(({ name, tenant, series, path }): Fault[] => {
    sum += series;
    const own = (sums.get(tenant) ?? 0) + series;
    sums.set(tenant, own);
    // The first one that does not find room is told; those after it are the same fault again.
    if (!beyond && sum > whole) {
      beyond = true;
      return [
        {
          id: 'sources-beyond-load',
          path,
          message: `with the ${formatCount(series)} series of \`${name}\`, what is outside sends ${formatCount(sum)}`,
          label: `the plan is for ${formatCount(whole)}`,
          help: 'raise `load.metrics.activeSeries`, which is everything together, or say `series` of the source',
        },
      ];
    }
    const limit = limits.get(tenant);
    if (limit === undefined || own <= limit || own - series > limit) return [];
    return [
      {
        id: 'sources-beyond-limit',
        path,
        message: `with \`${name}\`, what is outside sends ${formatCount(own)} series as \`${tenant}\``,
        label: `which may have ${formatCount(limit)}`,
        help: 'raise `limits.activeSeries` of the tenant, or say `series` of the source',
      },
    ];
  });
}
