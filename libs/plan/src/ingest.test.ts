import { clusterSchema } from '@lgtm-fleet/spec';
import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import type { Plan } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

function home(spec: Fields): Plan {
  const file = {
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'home' },
    spec: {
      load: { metrics: { activeSeries: '1M' }, logs: { volume: '100GB/day' } },
      metrics: { store: 'mimir' },
      tenants: [
        { name: 'main', writers: [{ name: 'a' }, { name: 'b', credential: 'certificate' }] },
        { name: 'other', writers: [{ name: 'c', credential: 'token' }] },
      ],
      ...spec,
    },
  };
  return plan(clusterSchema.parse(file), { repository: 'https://git.example.com/fleet.git' });
}

const exposure = {
  gateway: { name: 'public', namespace: 'gateways' },
  grafana: { hostname: 'grafana.example.com' },
  ingest: { hostname: 'push.example.com' },
};
const group = (fields: Fields = {}) => ({ name: 'vms', writer: 'a', ...fields });
const hosts = (...groups: readonly Fields[]) => ({ exposure, ingest: { hosts: groups.map(group) } });

describe('where who pushes goes', () => {
  const sender = (fields: Fields) => ({ ingest: { senders: [{ name: 'till', protocols: ['otlp'], ...fields }] } });
  it.each<readonly [string, Fields, string, boolean]>([
    ['in the cluster', sender({ writer: 'a' }), 'http://gateway.observability.svc.cluster.local:8080', false],
    [
      'in the cluster, encrypted',
      {
        ...sender({ tenant: 'other', writer: 'c' }),
        tenants: [{ name: 'other', writers: [{ name: 'c' }] }],
        tls: { issuer: 'ca' },
      },
      'https://gateway.observability.svc.cluster.local:8080',
      true,
    ],
    ['from outside', { exposure, ...sender({ writer: 'a' }) }, 'https://push.example.com', false],
    ['with a certificate', { exposure, ...sender({ writer: 'b' }) }, 'https://push.example.com:8443', true],
  ])('%s', (_, spec, url, own) => {
    const [planned] = home(spec).ingest.senders;
    expect([planned?.gatewayUrl, planned?.ownAuthority]).toEqual([url, own]);
  });
});

describe('what machines cost', () => {
  it('is a limit of requests that so many of one credential do not meet', () => {
    const limit = (spec: Fields) => home(spec).gateway?.requestsPerSecond ?? 0;
    const machines = 2000;
    expect(limit(hosts({ count: machines, series: 1000 }))).toBeGreaterThan(machines * 0.4 * 5);
    expect(limit(hosts({ count: machines, series: 1000, otlp: true }))).toBeGreaterThan(machines * 5);
    expect(limit(hosts({ count: 1 }))).toBe(limit({}));
  });

  it('is samples beyond the load where they are read more often, for their tenant alone', () => {
    const samples = (spec: Fields) => home(spec).tenants.map(({ limits }) => limits.samplesPerSecond);
    const [usual = 0, other = 0] = samples({});
    // 300,000 series: once a minute they are in the load; every ten seconds, 25,000 samples a second are not.
    expect(samples(hosts({ count: 300, series: '300k', interval: '60s' }))).toEqual([usual, other]);
    const [faster = 0, same = 0] = samples(hosts({ count: 300, series: '300k', interval: '10s' }));
    expect(faster - usual).toBe(2 * 25_000);
    expect(same).toBe(other);
  });

  it('is room on each disk for what it cannot send, which is told', () => {
    const planned = home(hosts({ count: 4, series: 4000, interval: '10s', buffer: '1d' }));
    const [machine] = planned.ingest.hosts;
    expect(machine?.walBytes).toBe((1000 / 10) * 86_400 * 12);
    const decision = planned.decisions.find(({ subject }) => subject === 'ingest.hosts.vms');
    expect(decision?.value).toBe('4 machines');
    expect(decision?.reason).toContain('keeps metrics for 24h, about 104 MB on its disk');
  });
});

describe('what the store of a tenant is told', () => {
  it('is how late samples may come: as long as the longest buffer, and what collectors may have anyway', () => {
    const late = (...groups: readonly Fields[]) => home(hosts(...groups)).tenants.map(({ lateSeconds }) => lateSeconds);
    expect(late({ name: 'x', buffer: '1h' }, { name: 'y', buffer: '3d' })).toEqual([3 * 86_400 + 1800, undefined]);
    expect(late({ tenant: 'other', writer: 'c' })).toEqual([undefined, 6 * 3600 + 1800]);
  });

  it('is how many labels a series may have, and how long they are: as collectors let through, and those on everything', () => {
    const source = (name: string, fields: Fields) => ({
      name,
      static: { targets: [`${name}.example.com:1`] },
      ...fields,
    });
    const sources = [
      source('x', { limits: { labels: 60, labelValueLength: 4096 } }),
      source('y', { limits: { labelNameLength: 300 } }),
    ];
    const of = (spec: Fields) => home(spec).tenants.map(({ series }) => series);
    const longest = { labels: 61, labelNameLength: 300, labelValueLength: 4096 };
    expect(of({ ingest: { sources } })).toEqual([longest, undefined]);
    expect(of(hosts({ tenant: 'other', writer: 'c', labels: { site: 'north', rack: '1' } }))).toEqual([
      undefined,
      { labels: 43, labelNameLength: 256, labelValueLength: 2048 },
    ]);
  });

  it('is by which labels a pair is one', () => {
    const senders = ['x', 'y'].map((name) => ({
      name,
      writer: 'a',
      protocols: ['remote-write'],
      pair: { cluster: 'site' },
    }));
    expect(home({ ingest: { senders } }).tenants.map(({ pair }) => pair)).toEqual([
      { cluster: 'site', replica: '__replica__', count: 2 },
      undefined,
    ]);
  });
});
