import type { Fault } from '../fault.ts';
import type { ClusterSpec } from '../schema.ts';
import { namedBy, type Named } from './named.ts';
import type { Source } from './sources.ts';

/** Two sources that give the same series write over each other: every query counts one of them, or neither. */
export function sameSeries({ ingest, tenants }: ClusterSpec['spec']): Fault[] {
  const [first] = tenants;
  const owners = new Map<string, string>();
  return ingest.sources.flatMap((source, index) =>
    targetsOf(source).flatMap(({ text, probe, path }): Fault[] => {
      const labels = Object.entries(source.labels).toSorted(([left], [right]) => (left < right ? -1 : 1));
      const { tenant = first?.name, job = source.name } = source;
      const { instance = text, module = probe } = source.labels;
      const key = JSON.stringify([tenant, job, instance, module, labels]);
      const owner = owners.get(key);
      owners.set(key, source.name);
      if (owner === undefined) return [];
      return [
        {
          id: 'same-series-twice',
          path: ['spec', 'ingest', 'sources', index, ...path],
          message: `\`${owner}\` gives series with job \`${job}\` and instance \`${instance}\` already`,
          help: 'take one of them out, or give one of the sources another `job` or a label',
        },
      ];
    }),
  );
}

/** Targets of a source, where it names them; relabelling can still part them. */
function targetsOf(source: Source): readonly Named[] {
  if (source.relabel.length > 0) return [];
  const { path = '/metrics' } = source.static ?? {};
  // Brokers are one cluster, known by the first; what Consul answers is a list.
  const named = namedBy(source).filter(
    ({ path: [kind, , index] }) => kind !== 'consul' && (kind !== 'kafka' || index === 0),
  );
  return path === '/metrics' ? named : named.map((one) => ({ ...one, text: `${one.text}${path}` }));
}
