import fc from 'fast-check';

/** Random sources that are found by a list, and clouds: each kind at most once, all of them small. */

const key = { secret: 'source-secrets', key: 'value' };
const port = fc.constantFrom(80, 443, 9100, 9182);
const ports = fc.uniqueArray(port, { minLength: 1, maxLength: 3 });
const CLIENT = '11111111-2222-3333-4444-555555555555';
const SUBSCRIPTION = '66666666-7777-8888-9999-000000000000';

const scrape = fc.record(
  {
    scheme: fc.constantFrom('http', 'https'),
    auth: fc.constantFrom({ bearer: key }, { basic: { username: 'us$er', password: key } }),
    tls: fc.constantFrom({ ca: key }, { certificate: key, key, serverName: 'x.example.com' }, { skipVerify: true }),
    params: fc.constant({ 'collect[]': ['cpu', 'meminfo'] }),
  },
  { requiredKeys: [] },
);

/** The account of nobody asks by Pod Identity; all that have a role have the same. */
const amazon = fc.boolean().chain((irsa) =>
  fc.record({
    region: fc.constantFrom('eu-west-1', 'us-east-1', 'cn-north-1'),
    roleArn: fc.constant(irsa ? 'arn:aws:iam::111122223333:role/alloy-sources' : undefined),
    assumeRoleArn: fc.constantFrom(undefined, 'arn:aws:iam::444455556666:role/read-only'),
  }),
);

function listed(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  return fc.tuple(fc.record(fields), scrape).map(([own, options]) => ({ ...options, ...own }));
}

const service = fc.constantFrom(
  {
    namespace: 'AWS/RDS',
    metrics: [{ name: 'CPUUtilization', statistics: ['Average', 'p99'] }],
    tags: { team: 'a|b' },
  },
  { namespace: 'AWS/S3', metrics: [{ name: 'BucketSizeBytes', statistics: ['Average'] }], period: '1d' },
  { namespace: 'AWS/DDoSProtection', metrics: [{ name: 'DDoSDetected', statistics: ['Sum'] }] },
  { namespace: 'AWS/DMS', metrics: [{ name: 'CDCLatencySource', statistics: ['Maximum'] }], period: '1m' },
  { namespace: 'Our Shop/Orders', metrics: [{ name: '5xx errors (%)', statistics: ['Sum', 'SampleCount'] }] },
);

const kinds = {
  dns: fc.oneof(
    listed({ names: fc.constant(['_metrics._tcp.example.com']), ports }),
    listed({ names: fc.constant(['web.example.com', 'db.shop.svc.cluster.local']), type: fc.constant('A'), port }),
  ),
  http: listed({
    url: fc.constantFrom(
      'https://sd.example.com/targets?team=shop',
      'http://192.0.2.7:8080/',
      'http://[2001:db8::7]:8080/sd',
      'http://netbox.netbox.svc.cluster.local/sd',
    ),
    serverAuth: fc.constantFrom(undefined, { bearer: key }),
    serverTls: fc.constantFrom(undefined, { ca: key }),
    ports,
  }),
  consul: listed({
    server: fc.constantFrom('consul.example.com:8501', '192.0.2.8:8500', 'consul.consul.svc.cluster.local:8500'),
    serverScheme: fc.constantFrom('http', 'https'),
    token: fc.constantFrom(undefined, key),
    services: fc.subarray(['web', 'node-exporter']),
    ports,
  }),
  ec2: fc
    .tuple(amazon, listed({ filters: fc.constantFrom({}, { 'tag:Team': ['shop', 'cart'] }), port }))
    .map(([account, own]) => ({ ...own, ...account })),
  azure: listed({
    subscriptionId: fc.constant(SUBSCRIPTION),
    clientId: fc.constant('aaaaaaaa-2222-3333-4444-555555555555'),
    resourceGroup: fc.constantFrom(undefined, 'shop'),
    port,
  }),
  gce: listed({
    project: fc.constant('shop-prod-1'),
    zone: fc.constant('europe-west1-b'),
    filter: fc.constantFrom(undefined, 'labels.team="shop"'),
    port,
  }),
  cloudwatch: fc
    .tuple(amazon, fc.uniqueArray(service, { minLength: 1, maxLength: 3 }))
    .map(([account, services]) => ({ ...account, services })),
  azureMonitor: fc.record({
    subscriptions: fc.constant([SUBSCRIPTION]),
    clientId: fc.constant(CLIENT),
    resourceType: fc.constant('Microsoft.Network/p2sVpnGateways'),
    metrics: fc.constant(['Percentage CPU', 'Egress']),
    aggregations: fc.subarray(['average', 'total']),
    dimensions: fc.subarray(['ApiName', 'GeoType']),
    regions: fc.subarray(['westeurope', 'northeurope']),
  }),
  gcp: fc.record({
    projects: fc.subarray(['shop-prod-1', 'shop-test-1'], { minLength: 1 }),
    metricPrefixes: fc.constant(['pubsub.googleapis.com/subscription']),
  }),
};

/** Entries of `spec.ingest.sources`. */
export const discoveredSources = fc
  .tuple(fc.record(kinds), fc.subarray(Object.keys(kinds) as (keyof typeof kinds)[], { maxLength: 4 }))
  .map(([settings, chosen]) =>
    chosen.map((kind) => ({ name: `any-${kind.toLowerCase()}`, series: 10, [kind]: settings[kind] })),
  );
