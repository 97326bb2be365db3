import fc from 'fast-check';

/** Random sources of cluster files: targets by address, probes, databases. None is like another in its job. */

const name = fc.constantFrom('vm-1.example.com', 'Vm-2.example.com', 'db.shop.svc.cluster.local', 'db');
const address = fc.constantFrom('192.0.2.7', '203.0.113.9', '[2001:db8::9]');
const host = fc.oneof(name, address);
const port = fc.constantFrom(53, 5432, 9100);
const hostAndPort = fc.tuple(host, port).map(([where, number]) => `${where}:${String(number)}`);
const some = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { minLength: 1, maxLength: 3 });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const secretKey = fc.record({
  secret: fc.constantFrom('shop', 'a-secret-of-whoever-runs-what-is-outside'),
  key: fc.constantFrom('password', 'tls.crt'),
});
const tls = maybe(
  fc
    .record({ ca: secretKey, skipVerify: fc.boolean(), pair: maybe(secretKey) }, { requiredKeys: [] })
    .map(({ pair, ...rest }) => ({ ...rest, ...(pair !== undefined && { certificate: pair, key: { ...pair } }) })),
);
const auth = maybe(
  fc.oneof(
    fc.record({ bearer: secretKey }),
    fc.record({ basic: fc.record({ username: fc.constant('someone'), password: secretKey }) }),
  ),
);
const url = fc
  .tuple(fc.constantFrom('http', 'https'), fc.oneof(host, hostAndPort))
  .map(([scheme, where]) => `${scheme}://${where}/health?a=$b`);
const servers = some(hostAndPort).chain((addresses) =>
  fc.tuple(...addresses.map((one) => fc.record({ address: fc.constant(one), dataSource: secretKey }))),
);

const blackbox = fc
  .record(
    {
      prefer: fc.constantFrom('ip4', 'ip6'),
      http: fc.record({
        urls: some(url),
        auth,
        tls,
        bodyMatches: maybe(fc.constant('`"ok"`\\s+#')),
        statuses: fc.subarray([200, 401]),
      }),
      tcp: fc.record({ addresses: some(hostAndPort), tls }),
      icmp: fc.record({ hosts: some(address) }),
      dns: fc.record({ servers: some(hostAndPort), query: name, transport: fc.constantFrom('udp', 'tcp') }),
    },
    { requiredKeys: ['prefer'] },
  )
  .filter((probes) => Object.keys(probes).length > 1);

const kind = fc.oneof(
  fc.record({ static: fc.record({ targets: some(hostAndPort), scheme: fc.constantFrom('http', 'https'), auth, tls }) }),
  fc.record({ blackbox }),
  fc.record({ snmp: fc.record({ devices: some(host), auth: maybe(secretKey) }) }),
  fc.record({ postgresql: fc.record({ servers, allDatabases: fc.boolean() }) }),
  fc.record({ mysql: fc.record({ servers }) }),
  fc.record({ mongodb: fc.record({ servers }) }),
  fc.record({ redis: fc.record({ servers: some(hostAndPort), password: maybe(secretKey), tls }) }),
  fc.record({
    kafka: fc.record({
      brokers: some(hostAndPort),
      tls,
      sasl: maybe(fc.record({ username: fc.constant('someone'), password: secretKey })),
    }),
  }),
  fc.record({
    elasticsearch: fc.record({
      url,
      tls,
      login: maybe(fc.record({ username: fc.constant('someone'), password: secretKey })),
    }),
  }),
);

const labels = fc.constantFrom({}, { site: 'a "b" $1' }, { secret: 'a', key: 'b' }, { instance: 'one' });

/** A few sources, small enough for every load; `pick` chooses a tenant. */
export const probeSources = fc
  .array(fc.record({ kind, labels, series: fc.integer({ min: 1, max: 100 }), pick: fc.nat(10) }), { maxLength: 3 })
  .map((all) =>
    all.map(({ kind: own, labels: said, series, pick }, index) => {
      // One instance for all of its targets is no instance of any.
      const single = !('instance' in said) || 'elasticsearch' in own || 'kafka' in own;
      return {
        pick,
        source: { name: `${String(index)}-probed`, series, ...(single && { labels: { ...said } }), ...own },
      };
    }),
  );
