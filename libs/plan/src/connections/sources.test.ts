import { parseValue } from '@lgtm-fleet/spec/testing';
import { describe, expect, test } from 'vitest';
import { plan } from '../plan.ts';
import type { Connection } from '../types.ts';
import { openPorts, reachOf, transportsOf } from './reach.ts';

function edges(source: object, kubernetes: object = {}): readonly Connection[] {
  const cluster = parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'any' },
    spec: {
      kubernetes,
      load: { metrics: { activeSeries: '3M' } },
      objectStorage: { seaweedfs: {} },
      ingest: { sources: [{ name: 'shop', ...source }] },
    },
  });
  return plan(cluster, { repository: 'https://git.example.com/fleet.git' }).connections.filter(
    ({ to }) => to.kind === 'outside' && to.name === 'sources',
  );
}

/** `https 443 shop.example.com,pay.example.com`, and its namespace where it is here. */
const ways = (source: object, kubernetes: object = {}): readonly string[] =>
  edges(source, kubernetes).map(({ to, port, protocol }) => {
    const { hosts = [], namespace } = to as { hosts?: readonly string[]; namespace?: string };
    return `${protocol} ${String(port)} ${hosts.join(',')}${namespace === undefined ? '' : ` in ${namespace}`}`;
  });

const secret = { secret: 'shop', key: 'dsn' };

describe('a source is dialled', () => {
  test.each([
    [
      'where its targets are, names apart from addresses',
      {
        static: { targets: ['vm-1.example.com:9100', '192.0.2.7:9100', '[2001:db8::7]:9100', 'vm-1.example.com:9400'] },
      },
      ['http 9100 vm-1.example.com', 'http 9100 192.0.2.7,2001:db8::7', 'http 9400 vm-1.example.com'],
    ],
    [
      'where its URLs are, at the port that they say or that their scheme has',
      {
        blackbox: {
          http: {
            urls: [
              'https://Shop.example.com/a',
              'https://pay.example.com/b',
              'http://[2001:db8::7]:8080',
              'http://shop.example.com',
            ],
          },
        },
      },
      ['https 443 pay.example.com,shop.example.com', 'http 8080 2001:db8::7', 'http 80 shop.example.com'],
    ],
    [
      'at the ports of its probes',
      {
        blackbox: {
          tcp: { addresses: ['mail.example.com:465'] },
          icmp: { hosts: ['192.0.2.1', '[2001:db8::1]'] },
          dns: { servers: ['192.0.2.53:53'], query: 'example.com' },
        },
      },
      ['tcp 465 mail.example.com', 'icmp 0 192.0.2.1,2001:db8::1', 'udp 53 192.0.2.53'],
    ],
    [
      'over TCP where its questions of DNS are',
      { blackbox: { dns: { servers: ['192.0.2.53:53'], query: 'example.com', transport: 'tcp' } } },
      ['tcp 53 192.0.2.53'],
    ],
    ['at the port of SNMP', { snmp: { devices: ['sw-1.example.com'] } }, ['udp 161 sw-1.example.com']],
    [
      'at each server of a database',
      {
        mysql: {
          servers: ['db-1.example.com:3306', 'db-2.example.com:3307'].map((address) => ({
            address,
            dataSource: secret,
          })),
        },
      },
      ['tcp 3306 db-1.example.com', 'tcp 3307 db-2.example.com'],
    ],
    [
      'in the namespace whose Service it names',
      { redis: { servers: ['redis.shop.svc.cluster.local:6379'] } },
      ['tcp 6379 redis.shop.svc.cluster.local in shop'],
    ],
    [
      'at every broker',
      { kafka: { brokers: ['k-1.example.com:9092', 'k-2.example.com:9092'] } },
      ['kafka 9092 k-1.example.com,k-2.example.com'],
    ],
    [
      'at the URL of a search engine',
      { elasticsearch: { url: 'https://es.example.com:9200/es' } },
      ['https 9200 es.example.com'],
    ],
  ])('%s', (_, source, expected) => {
    expect(ways(source)).toEqual(expected);
  });
});

describe('a ping', () => {
  const [ping] = edges({ blackbox: { icmp: { hosts: ['192.0.2.1', '[2001:db8::1]'] } } });

  test('opens everything, for a policy cannot say ICMP', () => {
    expect(openPorts({ components: [] }, ping!)).toBe('any');
    expect(transportsOf(ping!.protocol)).toEqual(['TCP', 'UDP']);
  });

  test('goes to exactly its addresses', () => {
    expect(reachOf({ components: [] }, ping!.to as Extract<Connection['to'], { kind: 'outside' }>)).toMatchObject({
      kind: 'addresses',
      ranges: [
        { cidr: '192.0.2.1/32', except: [] },
        { cidr: '2001:db8::1/128', except: [] },
      ],
    });
  });

  test('by name is for those whose policies know names', () => {
    const source = { blackbox: { icmp: { hosts: ['edge.example.com'] } } };
    expect(ways(source, { networkPolicies: 'cilium' })).toEqual(['icmp 0 edge.example.com']);
    expect(() => ways(source)).toThrow('every port of every address');
  });
});
