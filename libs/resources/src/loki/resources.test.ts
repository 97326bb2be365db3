import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { IDLE_CONNECTIONS } from './caches.ts';
import { loki } from './resources.ts';

const s3 = { region: 'eu-west-1', bucketPrefix: 'acme-test', auth: 'secret' };
const large = { load: { logs: { volume: '400GB/day' } }, objectStorage: { s3: { ...s3, auth: 'workload-identity' } } };
const home = planOf({ kubernetes: { nodes: 1 } });
const available = planOf({ kubernetes: { nodes: 4 }, load: { logs: { volume: '40GB/day' } }, objectStorage: { s3 } });
const distributed = planOf({ ...large, kubernetes: { nodes: 30 } });
const zoned = planOf({
  ...large,
  kubernetes: { nodes: 30, zones: ['one', 'two', 'three'] },
  retention: { metrics: '30d', logs: '30d', traces: '14d' },
  tenants: [
    { name: 'platform', load: '60%' },
    { name: 'payments', load: '40%', retention: { logs: '90d' } },
  ],
});
const plans: Readonly<Record<string, Plan>> = { home, available, distributed, zoned };
const each = Object.entries(plans);

function file(plan: Plan, name: string): YamlValue {
  const component = plan.components.find((one) => one.name === 'loki');
  if (component === undefined) throw new Error('no loki');
  const found = loki(plan, component).configFiles.find((one) => one.name === name);
  if (found?.form !== 'yaml') throw new Error(`no ${name}`);
  return found.value;
}

/** The value at a path; undefined where there is none. */
function at(plan: Plan, path: string, name = 'loki.yaml'): YamlValue | undefined {
  return path
    .split('/')
    .reduce<YamlValue | undefined>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? (value as Readonly<Record<string, YamlValue | undefined>>)[key]
          : undefined,
      file(plan, name),
    );
}

it('tests each mode', () => {
  expect(each.map(([, plan]) => plan.loki?.mode)).toEqual([
    'monolithic',
    'highly-available',
    'distributed',
    'distributed',
  ]);
});

describe.each(each)('loki.yaml of %s', (_, plan) => {
  it('is printed with a reason for every place that is commented', () => {
    const component = plan.components.find((one) => one.name === 'loki');
    if (component === undefined) throw new Error('no loki');
    for (const one of loki(plan, component).configFiles) {
      if (one.form === 'yaml') expect(() => stringify(one.value, { comments: one.comments ?? {} })).not.toThrow();
    }
  });

  it('really deletes: retention is on, has a store for its requests, a period and a folder that survives', () => {
    expect(at(plan, 'compactor')).toMatchObject({
      retention_enabled: true,
      delete_request_store: plan.objectStorage.kind,
      working_directory: '/var/loki/compactor',
    });
    expect(at(plan, 'limits_config/retention_period')).toMatch(/^\d+h$/);
  });

  it('has the schema that retention and OTLP need, from a day that is not computed', () => {
    expect(at(plan, 'schema_config/configs')).toEqual([
      expect.objectContaining({
        from: plan.loki?.schemaFrom,
        store: 'tsdb',
        schema: 'v13',
        index: { prefix: 'index_', period: '24h' },
      }),
    ]);
  });

  it('refuses requests without a tenant and sends nothing home', () => {
    expect(at(plan, 'auth_enabled')).toBe(true);
    expect(at(plan, 'analytics/reporting_enabled')).toBe(false);
  });

  it('labels its gossip with cluster and store', () => {
    expect(at(plan, 'memberlist/cluster_label')).toBe('test-loki');
    expect(at(plan, 'memberlist/cluster_label_verification_disabled')).toBe(false);
  });

  it('names Services in full', () => {
    const text = stringify(file(plan, 'loki.yaml'));
    const names = text.match(/loki-[a-z-]+\.observability[^\s:]*/g) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/\.observability\.svc\.cluster\.local$/);
  });

  it('replays its WAL within the memory of the process that does it', () => {
    const workloads = plan.components.find((one) => one.name === 'loki')?.workloads ?? [];
    const limit = workloads.find(({ role }) => role === 'ingester' || role === 'monolithic')?.limits.memoryBytes ?? 0;
    const ceiling = Number.parseInt(at(plan, 'ingester/wal/replay_memory_ceiling') as string, 10) * 2 ** 20;
    expect(ceiling).toBeGreaterThan(0.7 * limit);
    expect(ceiling).toBeLessThanOrEqual(0.75 * limit);
  });

  it('gives every tenant its limits and retention', () => {
    for (const tenant of plan.tenants) {
      const limits = at(plan, `overrides/${tenant.name}`, 'overrides.yaml') as Readonly<
        Record<string, number | string>
      >;
      expect(Number(limits['ingestion_rate_mb']) * 2 ** 20).toBeGreaterThanOrEqual(tenant.limits.logBytesPerSecond);
      expect(Number(limits['ingestion_burst_size_mb'])).toBeGreaterThan(Number(limits['ingestion_rate_mb']));
      expect(limits['retention_period']).toBe(`${String(tenant.retentionSeconds.logs / 3600)}h`);
    }
  });

  it('calls only what the connection graph lets it call', () => {
    const called = new Set(plan.connections.flatMap(({ service }) => (service === undefined ? [] : [service])));
    const text = stringify(file(plan, 'loki.yaml'));
    const services = [...text.matchAll(/([a-z-]+)\.observability\.svc/g)].map(([, service]) => service);
    // One process gossips with nobody.
    const expected = services.filter((service) => plan.loki?.mode !== 'monolithic' || service !== 'loki-memberlist');
    for (const service of expected) expect([...called]).toContain(service);
  });
});

describe('storage', () => {
  it('is files where there is one process', () => {
    expect(at(home, 'storage_config/object_store')).toEqual({ filesystem: { dir: '/var/loki/objects' } });
    expect(at(home, 'ruler_storage/backend')).toBe('filesystem');
  });

  it('takes its keys from the environment', () => {
    expect(at(available, 'storage_config/object_store/s3')).toMatchObject({
      access_key_id: '${ACCESS_KEY_ID}',
      secret_access_key: '${SECRET_ACCESS_KEY}',
    });
  });

  it('has no keys with workload identity', () => {
    expect(at(zoned, 'storage_config/object_store/s3')).not.toHaveProperty('access_key_id');
  });

  it('keeps rules in a bucket of their own', () => {
    expect(at(zoned, 'ruler_storage/s3/bucket_name')).not.toBe(at(zoned, 'storage_config/object_store/s3/bucket_name'));
  });
});

describe('schemas of days before', () => {
  const schemaFrom = '2026-10-01';
  const earlierSchemas = [
    { from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11' },
    { from: '2023-05-01', store: 'boltdb-shipper', schema: 'v12', indexPrefix: 'loki_index_' },
  ];
  const index = (prefix: string) => ({ prefix, period: '24h' });

  it('come before the one that is written by, each as its lines were stored', () => {
    const adopting = { ...large, kubernetes: { nodes: 30 }, logs: { schemaFrom, earlierSchemas } };
    const adopted = planOf(adopting);
    expect(at(adopted, 'schema_config/configs')).toEqual([
      { from: '2020-10-24', store: 'boltdb-shipper', object_store: 's3', schema: 'v11', index: index('index_') },
      { from: '2023-05-01', store: 'boltdb-shipper', object_store: 's3', schema: 'v12', index: index('loki_index_') },
      { from: schemaFrom, store: 'tsdb', object_store: 's3', schema: 'v13', index: index('index_') },
    ]);
    for (const plan of [adopted, planOf({ ...adopting, tls: { issuer: 'internal' } })]) {
      const client = at(plan, 'storage_config/tsdb_shipper/index_gateway_client') as Readonly<Record<string, unknown>>;
      expect(at(plan, 'storage_config/boltdb_shipper/index_gateway_client')).toEqual(client);
      expect(client['grpc_client_config'] !== undefined).toBe(plan.tls !== undefined);
    }
  });

  it('may be files beside a bucket, on a volume that stays as large as it was', () => {
    const files = { from: '2025-01-01', store: 'tsdb', schema: 'v13', objectStore: 'filesystem' };
    const moved = planOf({
      kubernetes: { nodes: 1 },
      objectStorage: { s3 },
      logs: { schemaFrom, earlierSchemas: [files] },
    });
    expect(at(moved, 'schema_config/configs')).toMatchObject([{ object_store: 'filesystem' }, { object_store: 's3' }]);
    expect(at(moved, 'storage_config/object_store')).toMatchObject({
      filesystem: { dir: '/var/loki/objects' },
      s3: { bucket_name: 'acme-test-loki' },
    });
    expect(at(moved, 'compactor/delete_request_store')).toBe('s3');
    const volume = (plan: Plan) => plan.components.find(({ name }) => name === 'loki')?.workloads[0]?.volumeBytes;
    expect(volume(moved)).toBe(volume(home));
  });
});

describe('zones', () => {
  it('are known to every role, for writers and readers choose by them too', () => {
    expect(at(zoned, 'ingester/lifecycler')).toMatchObject({
      availability_zone: '${ZONE}',
      ring: { zone_awareness_enabled: true },
    });
  });

  it('are not mentioned without zones', () => {
    expect(at(distributed, 'ingester/lifecycler')).toEqual({ unregister_on_shutdown: true });
  });
});

describe('caches', () => {
  it('are found by the names of their pods, and never asked for more than they take', () => {
    for (const [path, role] of [
      ['chunk_store_config/chunk_cache_config', 'chunks-cache'],
      ['query_range/results_cache/cache', 'results-cache'],
    ] as const) {
      expect(at(zoned, `${path}/memcached_client`)).toMatchObject({
        addresses: `dnssrvnoa+_memcached._tcp.loki-${role}.observability.svc.cluster.local`,
        max_item_size: zoned.loki?.caches.find((cache) => cache.role === role)?.maxItemBytes,
      });
    }
  });

  it('have few enough clients for the connections of a memcached', () => {
    const clients = zoned.connections
      .filter(({ to, protocol }) => protocol === 'memcached' && to.kind === 'pods' && to.component === 'loki')
      .flatMap(({ from }) => (from.kind === 'pods' ? [from.role] : []))
      .map((role) =>
        zoned.components
          .flatMap(({ workloads }) => workloads)
          .find((one) => one.component === 'loki' && one.role === role),
      )
      .map((one) => (one === undefined ? 0 : (one.maxReplicas ?? one.replicas) * (one.zonal ? 3 : 1)))
      .reduce((sum, count) => sum + count, 0);
    expect(clients).toBeGreaterThan(0);
    expect(clients * IDLE_CONNECTIONS).toBeLessThanOrEqual(1024);
  });

  it('are in the process, and small, without memcached', () => {
    const limit = home.components.find(({ name }) => name === 'loki')?.workloads[0]?.limits.memoryBytes ?? 0;
    const size = Number(at(home, 'chunk_store_config/chunk_cache_config/embedded_cache/max_size_mb')) * 2 ** 20;
    expect(size).toBeLessThanOrEqual(Math.max(8 * 2 ** 20, limit / 16));
  });
});

describe('rules', () => {
  it('alert over Mimir where there is Mimir', () => {
    expect(at(home, 'ruler/alertmanager_url')).toBeUndefined();
    expect(at(available, 'ruler/alertmanager_url')).toBe(
      'http://mimir.observability.svc.cluster.local:8080/alertmanager',
    );
  });

  it('are evaluated once over all rulers', () => {
    expect(at(available, 'ruler/enable_sharding')).toBe(true);
    expect(at(home, 'ruler/enable_sharding')).toBeUndefined();
  });
});

it('refuses a plan without Loki', () => {
  const { loki: none, ...rest } = home;
  expect(none).toBeDefined();
  const component = home.components.find(({ name }) => name === 'loki');
  expect(component && (() => loki(rest, component))).toThrow('has no loki');
});
