import fc from 'fast-check';
import { stringify } from 'yaml';
import { ingestOf, outsiders } from './testing-ingest/outsiders.ts';
import { parse } from './parse.ts';
import { UNTENANTED } from './reserved.ts';
import type { ClusterSpec } from './schema.ts';
import { alertsOfTenant, notificationsValue, watched } from './testing-notifications.ts';
import { discoveredSources } from './testing-ingest/discovered.ts';
import { probeSources } from './testing-ingest/probes.ts';
import { clouds, storage } from './testing-storage.ts';

/** Random valid cluster files, for property tests. */

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$/);
const days = fc.integer({ min: 1, max: 800 }).map((count) => `${String(count)}d`);

const load = fc.record(
  {
    metrics: fc.record(
      {
        activeSeries: fc.constantFrom('5k', '80k', '900k', '3M', '40M'),
        scrapeInterval: fc.constantFrom('15s', '30s', '60s'),
      },
      { requiredKeys: [] },
    ),
    logs: fc.record({ volume: fc.constantFrom('200MB/day', '15GB/day', '90GB/day', '2TB/day', '9TB/day') }),
    traces: fc.record({ throughput: fc.constantFrom('10kB/s', '900kB/s', '4MB/s', '60MB/s') }),
    queries: fc.constantFrom('0.5/s', '20/s', '300/s'),
  },
  { requiredKeys: [] },
);

/** Below what the smallest tenant has anyway, so that they never add up to more than the plan. */
const limits = fc.record(
  {
    activeSeries: fc.constantFrom('20k', '140k'),
    logs: fc.constantFrom('100kB/s', '3MB/s'),
    traces: fc.constantFrom('5kB/s', '900kB/s'),
  },
  { requiredKeys: [] },
);
const credential = fc.constantFrom('password', 'token', 'certificate');

/** Tenants, and who else signs in. Names of writers and readers are longer than any label, so all differ. */
const tenants = fc
  .uniqueArray(
    label.filter((name) => !Object.values<string>(UNTENANTED).includes(name)),
    { minLength: 1, maxLength: 4 },
  )
  .chain((names) =>
    fc.record({
      tenants: fc.tuple(
        ...names.map((name, index) =>
          fc
            .record({
              limits,
              credential,
              shown: credential,
              limited: fc.boolean(),
              written: fc.boolean(),
              alerted: fc.boolean(),
              uploading: fc.boolean(),
            })
            .map((it) => ({
              name,
              credential: it.credential,
              ...(index > 0 && { namespaces: [`ns-${name}`] }),
              ...(index % 2 === 1 && { retention: { logs: '60d' } }),
              ...(it.limited && { limits: it.limits }),
              ...(it.written && { writers: [{ name: `a-writer-of-${name}`, credential: it.shown }] }),
              ...(it.uploading && { blockUpload: true }),
              ...(it.alerted && { alerts: { webhook: `https://alerts.example.com:8443/${name}` } }),
            })),
        ),
      ),
      adopting: fc.option(fc.constantFrom(...names), { nil: undefined }),
      read: fc.subarray(names),
      shown: credential,
      own: fc.option(fc.record({ canaries: fc.boolean() }), { nil: undefined }),
    }),
  )
  .map(({ tenants: named, adopting, read, shown, own }) => ({
    tenants: named.map((tenant) => (tenant.name === adopting ? { ...tenant, adopts: 'untenanted' } : tenant)),
    ...(read.length > 0 && {
      readers: [
        {
          name: 'a-reader-of-several',
          tenants: [...read, ...(own === undefined ? [] : ['self-monitoring'])],
          credential: shown,
        },
      ],
    }),
    ...(own !== undefined && { selfMonitoring: own }),
  }));

/** What another Loki may have stored by, in the bucket that is taken over. */
const earlierSchemas = fc.subarray([
  { from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11' },
  { from: '2023-05-01', store: 'boltdb-shipper', schema: 'v12', indexPrefix: 'loki_index_' },
  { from: '2024-06-01', store: 'tsdb', schema: 'v13' },
]);

const sampling = fc.record(
  { head: fc.constantFrom('100%', '25%'), tail: fc.record({ baseline: fc.constantFrom('5%', '100%') }) },
  { requiredKeys: [] },
);

/** Every way in, with every certificate that it can have; some with queries, and with people who sign in. */
const entries = [
  ...[undefined, { issuer: 'letsencrypt' }, { secret: 'given-tls' }].map((tls) => ({
    gateway: { name: 'public', namespace: 'gateways' },
    ...(tls !== undefined && { tls }),
  })),
  ...[{ issuer: 'letsencrypt' }, { secret: 'given-tls' }].flatMap((tls) => [
    { gatewayClass: 'example', tls },
    { ingressClass: 'example', tls },
  ]),
];
const exposure = fc.record({
  entry: fc.constantFrom(...entries),
  ingest: fc.boolean(),
  grpc: fc.boolean(),
  queries: fc.constantFrom(undefined, 'push', 'query'),
});
const oidc = fc.record({
  people: fc.constantFrom('nobody', 'viewers', 'editors', 'both'),
  administrators: fc.constantFrom(['admins'], ['admins', 'ops/on.call@example+x']),
  groupsClaim: fc.constantFrom('groups', 'roles'),
});

function peopleOf(tenant: string, people: 'nobody' | 'viewers' | 'editors' | 'both' = 'nobody') {
  return {
    ...((people === 'viewers' || people === 'both') && { viewers: [`${tenant}-viewers`, 'everybody'] }),
    ...((people === 'editors' || people === 'both') && { editors: [`${tenant}-editors`] }),
  };
}

/** The value of a hub's file before it is written as YAML. */
export const clusterValue = fc
  .record({
    name: label,
    load,
    objectStorage: fc.oneof({ arbitrary: storage, weight: 2 }, { arbitrary: clouds, weight: 1 }),
    tenants,
    sampling,
    earlierSchemas,
    zoned: fc.boolean(),
    nodes: fc.integer({ min: 3, max: 60 }),
    retention: fc.record({ metrics: days, logs: days, traces: days }),
    ingestStorage: fc.boolean(),
    exposure: fc.option(exposure, { nil: undefined }),
    oidc: fc.option(oidc, { nil: undefined }),
    external: fc.boolean(),
    postgres: fc.boolean(),
    profiles: fc.constantFrom(undefined, false, true),
    mirrored: fc.boolean(),
    selfManaged: fc.boolean(),
    version: fc.constantFrom('1.33', '1.37'),
    networkPolicies: fc.constantFrom('kubernetes', 'cilium'),
    sample: fc.boolean(),
    tls: fc.boolean(),
    notifications: notificationsValue,
    alertsOf: fc.nat(2),
    discovered: fc.oneof(fc.constant([]), discoveredSources),
    sources: probeSources,
    outsiders,
  })
  .map((it) => {
    const shared = it.objectStorage !== undefined;
    const outside = shared
      ? ingestOf(it.outsiders, {
          tenants: it.tenants.tenants,
          exposed: it.exposure?.ingest === true,
          mimir: true,
        })
      : {};
    const signIn = it.exposure === undefined ? undefined : it.oidc;
    const owners = shared ? it.tenants.tenants : [];
    return {
      apiVersion: 'lgtm-fleet/v1',
      kind: 'Cluster',
      metadata: { name: it.name },
      spec: {
        kubernetes: {
          version: it.version,
          networkPolicies: it.networkPolicies,
          nodes: shared ? it.nodes : 1,
          ...(shared && it.zoned && { zones: ['z1', 'z2', 'z3'] }),
        },
        load: it.load,
        retention: it.retention,
        traces: { sampling: it.sampling },
        ...(it.earlierSchemas.length > 0 && { logs: { schemaFrom: '2026-02-01', earlierSchemas: it.earlierSchemas } }),
        ...(shared && {
          objectStorage: it.objectStorage,
          ...it.tenants,
          tenants: it.tenants.tenants.map((tenant, index) => ({
            ...tenant,
            ...peopleOf(tenant.name, signIn?.people),
            ...(index === it.alertsOf && alertsOfTenant(it.notifications)),
          })),
          ...(it.tenants.readers !== undefined && {
            readers: it.tenants.readers.map((reader) => ({
              ...reader,
              groups: signIn === undefined ? [] : ['auditors'],
            })),
          }),
          metrics: { store: 'mimir', architecture: it.ingestStorage && it.zoned ? 'ingest-storage' : 'classic' },
        }),
        ...(it.exposure !== undefined && {
          exposure: {
            ...it.exposure.entry,
            grafana: { hostname: `grafana.${it.name}.example.com` },
            ...(it.exposure.ingest && {
              ingest: {
                hostname: `push.${it.name}.example.com`,
                // An Ingress cannot carry it.
                ...(it.exposure.grpc &&
                  !('ingressClass' in it.exposure.entry) && { grpcHostname: `grpc.${it.name}.example.com` }),
              },
            }),
            ...(it.exposure.queries !== undefined && {
              queries: { hostname: `${it.exposure.queries}.${it.name}.example.com` },
            }),
          },
        }),
        argocd: {
          selfManaged: it.selfManaged,
          ...(it.mirrored && { mirror: 'https://git.example.com/mirrors' }),
        },
        ...(it.external && { secrets: { externalSecrets: { store: 'vault' } } }),
        ...watched(it.notifications, !shared || it.tenants.selfMonitoring !== undefined),
        ...(it.sample && { sample: true }),
        ingest: {
          ...outside.ingest,
          sources: [
            ...it.discovered,
            ...it.sources.map(({ pick, source }) => ({ ...source, tenant: owners[pick % owners.length]?.name })),
          ],
        },
        // Canaries do not know the CA, and an Ingress cannot be told it.
        ...(it.tls &&
          it.tenants.selfMonitoring?.canaries !== true &&
          !('ingressClass' in (it.exposure?.entry ?? {})) &&
          !JSON.stringify(it.tenants).includes('certificate') && { tls: { issuer: 'internal' } }),
        grafana: {
          ...(it.postgres && { database: { postgres: { host: 'db.example.com' } } }),
          ...(it.profiles !== undefined && {
            profiles: { url: 'https://pyroscope.example.com', basicAuth: it.profiles },
          }),
          ...(signIn !== undefined && {
            oidc: {
              issuer: 'https://id.example.com',
              clientId: 'grafana',
              administrators: signIn.administrators,
              groupsClaim: signIn.groupsClaim,
            },
          }),
        },
      },
    };
  });

/** The same, read as the program reads it. A value that does not parse is a fault of this generator. */
export const anyCluster: fc.Arbitrary<ClusterSpec> = clusterValue.map((value) => parseValue(value));

export function parseValue(value: unknown, path = 'clusters/any/cluster.yaml'): ClusterSpec {
  // What stands in two places of a value is written out in both: cluster files have no anchors.
  const parsed = parse({ path, text: stringify(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false }) });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value.cluster;
}

export { discoveredSources };
