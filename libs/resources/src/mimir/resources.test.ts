import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mimir } from './resources.ts';

type Tree = Readonly<Record<string, unknown>>;

const seaweedfs = { size: '20GB' };
const s3 = { region: 'eu-west-1', bucketPrefix: 'acme-test' };

function cluster(spec: Tree): Plan {
  return planOf({ ...spec, metrics: { store: 'mimir', ...(spec['metrics'] as object) } });
}

const zones = ['one', 'two', 'three'];
const monolithic = cluster({ kubernetes: { nodes: 1 } });
const replicated = cluster({ kubernetes: { nodes: 3 }, objectStorage: { seaweedfs } });
const distributed = cluster({
  kubernetes: { nodes: 9, zones },
  metrics: { mode: 'distributed' },
  load: { metrics: { activeSeries: '30M', scrapeInterval: '30s' } },
  retention: { metrics: '395d', logs: '30d', traces: '14d' },
  objectStorage: { s3: { ...s3, auth: 'workload-identity', roleArn: 'arn:aws:iam::111122223333:role/x' } },
  tenants: [
    { name: 'platform', load: '90%' },
    { name: 'payments', load: '10%', retention: { metrics: '30d' } },
  ],
});
const ingestStorage = cluster({
  kubernetes: { nodes: 9, zones },
  metrics: { architecture: 'ingest-storage' },
  objectStorage: { s3: { ...s3, auth: 'secret' } },
});
const plans = { monolithic, replicated, distributed, ingestStorage };

function file(plan: Plan, name: string): YamlValue {
  const component = plan.components.find((one) => one.name === 'mimir');
  if (component === undefined) throw new Error('no mimir');
  const found = mimir(plan, component).configFiles.find((one) => one.name === name);
  if (found?.form !== 'yaml') throw new Error(`no ${name}`);
  // Through text and back: every comment names a path that is there.
  return parse(stringify(found.value, { comments: found.comments ?? {} })) as YamlValue;
}

function at(value: YamlValue, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? (node as Tree)[key] : undefined),
      value,
    );
}

const configOf = (plan: Plan, path: string): unknown => at(file(plan, 'mimir.yaml'), path);

describe.each(Object.entries(plans))('mimir.yaml of the %s cluster', (_, plan) => {
  it('has tenants, its own gossip label, and sends nothing home', () => {
    expect(configOf(plan, 'multitenancy_enabled')).toBe(true);
    expect(configOf(plan, 'memberlist/cluster_label')).toBe('test-mimir');
    expect(configOf(plan, 'memberlist/cluster_label_verification_disabled')).toBe(false);
    expect(configOf(plan, 'usage_stats/enabled')).toBe(false);
  });

  it('deletes what is past its retention, and keeps exemplars', () => {
    expect(configOf(plan, 'limits/compactor_blocks_retention_period')).toMatch(/^\d+d$/);
    expect(configOf(plan, 'limits/max_global_exemplars_per_user')).toBeGreaterThan(0);
  });

  it('keeps what must survive on the volume', () => {
    for (const path of [
      'blocks_storage/tsdb/dir',
      'blocks_storage/bucket_store/sync_dir',
      'compactor/data_dir',
      'alertmanager/data_dir',
    ])
      expect(configOf(plan, path), path).toMatch(/^\/var\/mimir\//);
  });

  it('never has more copies than pods', () => {
    const pods = (role: string): number => {
      const workload = plan.components
        .find(({ name }) => name === 'mimir')
        ?.workloads.find((one) => one.role === role || one.role === 'monolithic');
      return (workload?.replicas ?? 0) * (workload?.zonal === true ? zones.length : 1);
    };
    expect(configOf(plan, 'ingester/ring/replication_factor')).toBeLessThanOrEqual(pods('ingester'));
    expect(configOf(plan, 'store_gateway/sharding_ring/replication_factor')).toBeLessThanOrEqual(pods('store-gateway'));
    expect(configOf(plan, 'alertmanager/sharding_ring/replication_factor')).toBeLessThanOrEqual(pods('alertmanager'));
  });

  it('names other services in full', () => {
    const text = stringify(file(plan, 'mimir.yaml'));
    for (const [host] of text.matchAll(/[a-z0-9.-]*\.svc\b[^:\s/]*/g)) expect(host).toMatch(/\.svc\.cluster\.local$/);
  });

  it('puts buckets or folders apart', () => {
    const places = ['blocks_storage', 'ruler_storage', 'alertmanager_storage'].map((store) =>
      plan.objectStorage.kind === 's3'
        ? configOf(plan, `${store}/s3/bucket_name`)
        : configOf(plan, `${store}/filesystem/dir`),
    );
    expect(new Set(places).size).toBe(3);
    expect(places).not.toContain(undefined);
  });

  it('limits every tenant of the plan, and no other', () => {
    const overrides = at(file(plan, 'overrides.yaml'), 'overrides') as Tree;
    expect(Object.keys(overrides)).toEqual(plan.tenants.map(({ name }) => name));
  });
});

describe('storage', () => {
  it('takes keys from the environment, and has none where the identity is the key', () => {
    expect(configOf(ingestStorage, 'common/storage/s3/secret_access_key')).toBe('${SECRET_ACCESS_KEY}');
    expect(configOf(distributed, 'common/storage/s3')).not.toHaveProperty('secret_access_key');
  });
});

describe('rings', () => {
  it('know zones where there are some', () => {
    expect(configOf(distributed, 'ingester/ring/instance_availability_zone')).toBe('${ZONE:}');
    expect(configOf(distributed, 'store_gateway/sharding_ring/zone_awareness_enabled')).toBe(true);
    expect(configOf(replicated, 'ingester/ring/zone_awareness_enabled')).toBe(false);
  });
});

describe('caches', () => {
  it('are looked up by their full SRV names, and get no item that the server refuses', () => {
    const place = 'blocks_storage/bucket_store/index_cache/memcached';
    expect(configOf(distributed, `${place}/addresses`)).toBe(
      'dnssrvnoa+_memcached._tcp.mimir-index-cache.observability.svc.cluster.local',
    );
    const cache = distributed.mimir?.caches.find(({ role }) => role === 'index-cache');
    expect(configOf(distributed, `${place}/max_item_size`)).toBeLessThanOrEqual(cache?.maxItemBytes ?? 0);
  });

  it('without memcached fit the memory of the process', () => {
    const limit = monolithic.components.find(({ name }) => name === 'mimir')?.workloads[0]?.limits.memoryBytes ?? 0;
    expect(configOf(monolithic, 'blocks_storage/bucket_store/index_cache/inmemory/max_size_bytes')).toBeLessThan(
      limit / 4,
    );
  });
});

describe('ingest storage', () => {
  it('is off in classic, aloud', () => {
    expect(configOf(distributed, 'ingest_storage')).toEqual({ enabled: false });
    expect(configOf(distributed, 'ruler/query_frontend')).toBeUndefined();
  });

  it('reads a topic that others made, and evaluates rules remotely', () => {
    expect(configOf(ingestStorage, 'ingest_storage/kafka')).toEqual({
      address: 'kafka.observability.svc.cluster.local:9092',
      topic: ingestStorage.kafka?.topics.find(({ name }) => name.startsWith('mimir'))?.name,
      auto_create_topic_enabled: false,
    });
    expect(configOf(ingestStorage, 'ruler/query_frontend/address')).toMatch(/^http:\/\/mimir-query-frontend\./);
  });
});

describe('overrides.yaml', () => {
  it("carries each tenant's own retention and limits", () => {
    const payments = at(file(distributed, 'overrides.yaml'), 'overrides/payments') as Tree;
    expect(payments['compactor_blocks_retention_period']).toBe('30d');
    expect(payments['max_global_series_per_user']).toBe(distributed.tenants[1]?.limits.activeSeries);
  });

  it('lets those upload blocks who may, and nobody else', () => {
    const moving = planOf({
      metrics: { store: 'mimir' },
      tenants: [{ name: 'moving', blockUpload: true }, { name: 'other' }],
    });
    const overrides = file(moving, 'overrides.yaml');
    expect(at(overrides, 'overrides/moving/compactor_block_upload_enabled')).toBe(true);
    expect(at(overrides, 'overrides/other')).not.toHaveProperty('compactor_block_upload_enabled');
    expect(configOf(moving, 'limits')).not.toHaveProperty('compactor_block_upload_enabled');
  });

  it('splits the blocks of large tenants by a power of two', () => {
    expect(at(file(distributed, 'overrides.yaml'), 'overrides/platform/compactor_split_and_merge_shards')).toBe(8);
    expect(at(file(distributed, 'overrides.yaml'), 'overrides/payments')).not.toHaveProperty('compactor_split_groups');
  });
});

it('says so when the plan has no Mimir', () => {
  const component = monolithic.components.find(({ name }) => name === 'mimir');
  if (component === undefined) throw new Error('no mimir');
  const { mimir: _, ...without } = monolithic;
  expect(() => mimir(without, component)).toThrow('the plan of test has no mimir');
});

describe('labels of a series', () => {
  const source = (name: string, limits: Tree) => ({ name, limits, static: { targets: [`${name}.example.com:1`] } });
  const limitsOf = (...sources: readonly Tree[]): Tree => {
    const plan = cluster({ tenants: [{ name: 'main' }, { name: 'other' }], ingest: { sources } });
    const own = at(file(plan, 'overrides.yaml'), 'overrides/main') as Tree;
    return Object.fromEntries(Object.entries(own).filter(([key]) => key.startsWith('max_label')));
  };

  it('are as many as a source of anybody may give, and `cluster`', () => {
    expect(configOf(monolithic, 'limits/max_label_names_per_series')).toBe(41);
    expect(limitsOf(source('usual', {}))).toEqual({});
  });

  it('are more for a tenant whose sources say so', () => {
    const limits = { labels: 60, labelNameLength: 2000, labelValueLength: 9000 };
    expect(limitsOf(source('usual', {}), source('tagged', limits))).toEqual({
      max_label_names_per_series: 61,
      max_label_name_length: 2000,
      max_label_value_length: 9000,
    });
  });
});
