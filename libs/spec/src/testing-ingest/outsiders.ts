import fc from 'fast-check';

/** Random machines and senders outside a cluster, for property tests. */

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$/);
const quoted = fc.constantFrom('plant-1', '$1 "a" \\ b', 'überall', '');
const labels = fc.dictionary(fc.constantFrom('site', 'team', '_of'), quoted, { maxKeys: 3 });

const machines = fc
  .record({
    os: fc.constantFrom('linux', 'windows'),
    count: fc.integer({ min: 1, max: 20 }),
    labels,
    interval: fc.constantFrom('15s', '60s', '5m'),
    journal: fc.boolean(),
    eventLogs: fc.uniqueArray(fc.constantFrom('Application', 'System', 'A-B/C', 'A B/C', '1 (x)'), { maxLength: 4 }),
    files: fc.boolean(),
    otlp: fc.boolean(),
    buffer: fc.constantFrom('10m', '6h', '7d'),
  })
  .map(({ files, ...group }) => ({
    ...group,
    series: 10,
    logs: '1MB/day',
    ...(group.otlp && { traces: '10B/s' }),
    files: !files ? [] : group.os === 'linux' ? ['/var/log/a b/*.log', '/srv/x.log'] : ['D:\\Logs\\*.log'],
  }));

const pushing = fc.record({
  protocols: fc.subarray(['remote-write', 'otlp', 'loki'], { minLength: 1 }),
  series: fc.boolean(),
  paired: fc.boolean(),
});

/** Lists without their owners; names are longer than any other of a cluster, so all differ. */
export const outsiders = fc.record({
  hosts: fc.array(machines, { maxLength: 3 }),
  senders: fc.array(pushing, { maxLength: 3 }),
  suffix: label,
});

interface Around {
  /** Tenants with their writers. */
  readonly tenants: readonly { readonly name: string; readonly writers?: readonly { readonly name: string }[] }[];
  /** There is an address to push to. */
  readonly exposed: boolean;
  readonly mimir: boolean;
}

type Outsiders = typeof outsiders extends fc.Arbitrary<infer Value> ? Value : never;

/** `spec.ingest` with these, owned by tenants that have a writer; nothing where none has. */
export function ingestOf({ hosts, senders, suffix }: Outsiders, { tenants, exposed, mimir }: Around) {
  const owners = tenants.flatMap(({ name, writers = [] }) =>
    writers.map((writer) => ({ tenant: name, writer: writer.name })),
  );
  const ownerOf = (index: number) => owners[index % owners.length];
  if (owners.length === 0) return {};
  return {
    ingest: {
      hosts: exposed
        ? hosts.map((group, index) => ({ name: `machines-${index}-${suffix}`, ...ownerOf(index), ...group }))
        : [],
      senders: senders.map(({ protocols, series, paired }, index) => ({
        name: `sender-${index}-${suffix}`,
        ...ownerOf(index),
        protocols,
        ...(series && protocols.includes('remote-write') && { series: 20 }),
        ...(paired && mimir && protocols.includes('remote-write') && { pair: {} }),
      })),
    },
  };
}
