import type { Fault } from '../fault.ts';
import type { ClusterSpec } from '../schema.ts';
import type { Source } from './sources.ts';

/** Two sources that give the same series write over each other: every query counts one of them, or neither. */
export function sameSeries({ ingest, tenants }: ClusterSpec['spec']): Fault[] {
  const [first] = tenants;
  const owners = new Map<string, string>();
  return ingest.sources.flatMap((source, index) =>
    instancesOf(source).flatMap(({ instance, path }): Fault[] => {
      const labels = Object.entries(source.labels).toSorted(([left], [right]) => (left < right ? -1 : 1));
      const { tenant = first?.name, job = source.name } = source;
      const key = JSON.stringify([tenant, job, instance, labels]);
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

/** What becomes label `instance` of a source whose targets are named; relabelling can still part them. */
function instancesOf({ static: fixed, blackbox, snmp, relabel }: Source) {
  if (relabel.length > 0) return [];
  const list = (values: readonly string[] | undefined, path: readonly string[], suffix = '') =>
    (values ?? []).map((value, index) => ({ instance: `${value}${suffix}`, path: [...path, index] }));
  return [
    ...list(fixed?.targets, ['static', 'targets'], fixed?.path === '/metrics' ? '' : (fixed?.path ?? '')),
    ...list(blackbox?.http?.urls, ['blackbox', 'http', 'urls']),
    ...list(blackbox?.tcp?.addresses, ['blackbox', 'tcp', 'addresses']),
    ...list(blackbox?.icmp?.hosts, ['blackbox', 'icmp', 'hosts']),
    ...list(blackbox?.dns?.servers, ['blackbox', 'dns', 'servers']),
    ...list(snmp?.devices, ['snmp', 'devices']),
  ];
}
