import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { tempoConfig, type TempoConfig } from './config.ts';
import { overridesFile, type OverridesFile } from './overrides-config.ts';
import { tempo } from './resources.ts';

const s3 = { region: 'eu-west-1', bucketPrefix: 'acme-test', auth: 'secret' };
const zones = ['one', 'two', 'three'];

const home = planOf({ kubernetes: { nodes: 1 } });
const distributed = { kubernetes: { nodes: 30, zones }, load: { traces: { throughput: '8MB/s' } } };
const plans: Readonly<Record<string, Plan>> = {
  home,
  mimir: planOf({ kubernetes: { nodes: 3 }, objectStorage: { s3 } }),
  zones: planOf({
    ...distributed,
    objectStorage: {
      s3: {
        region: 'eu-west-1',
        bucketPrefix: 'acme-test',
        auth: 'workload-identity',
        roleArn: 'arn:aws:iam::111122223333:role/x',
      },
    },
    retention: { metrics: '30d', logs: '30d', traces: '14d' },
    tenants: [
      { name: 'platform', load: '60%' },
      { name: 'payments', load: '40%', retention: { traces: '3d' } },
    ],
  }),
  zoneless: planOf({ kubernetes: { nodes: 6 }, objectStorage: { s3 }, load: { traces: { throughput: '60MB/s' } } }),
};

function emit(plan: Plan): { config: TempoConfig; overrides: OverridesFile } {
  const component = plan.components.find(({ name }) => name === 'tempo');
  if (component === undefined) throw new Error('no component tempo');
  const [config, overrides] = tempo(plan, component).configFiles;
  if (config?.form !== 'yaml' || overrides?.form !== 'yaml') throw new Error('not two yaml files');
  for (const { value, comments = {} } of [config, overrides]) expect(stringify(value, { comments })).toContain('#');
  return { config: tempoConfig.parse(config.value), overrides: overridesFile.parse(overrides.value) };
}

describe.each(Object.entries(plans))('%s', (_, plan) => {
  const { config, overrides } = emit(plan);

  it('has no key that Tempo 3.0.3 does not know', () => {
    // strictObject throughout: emit() has parsed both files already, and a stranger would not pass.
    expect(() => tempoConfig.parse({ ...config, ingester: {} })).toThrow('ingester');
    expect(() => overridesFile.parse({ overrides: { main: { block_retention: '1h' } } })).toThrow();
  });

  it('deletes by the same retention in the scheduler and in the workers', () => {
    const { block_retention: retention } = config.backend_worker.compaction;
    expect(config.backend_scheduler.provider.compaction.compaction.block_retention).toBe(retention);
    expect(retention).toBe(`${String((plan.tempo?.retentionSeconds ?? 0) / 3600)}h`);
  });

  it('listens on all addresses', () => {
    const { grpc, http } = config.distributor.receivers.otlp.protocols;
    expect([grpc.endpoint, http.endpoint]).toEqual(['0.0.0.0:4317', '0.0.0.0:4318']);
  });

  it('gives each tenant a whole entry, and nobody else one', () => {
    expect(Object.keys(overrides.overrides)).toEqual(plan.tenants.map(({ name }) => name));
    for (const tenant of plan.tenants) {
      const entry = overrides.overrides[tenant.name];
      expect(entry?.compaction.block_retention).toBe(`${String(tenant.retentionSeconds.traces / 3600)}h`);
      expect(entry?.ingestion.rate_limit_bytes).toBe(tenant.limits.traceBytesPerSecond);
      expect(entry?.ingestion.burst_size_bytes).toBeGreaterThanOrEqual(20 * 1024 * 1024);
      expect(entry?.metrics_generator).toMatchObject(config.overrides.defaults.metrics_generator);
    }
  });

  it('speaks to Kafka exactly where it is distributed, and never makes a topic', () => {
    const mode = plan.tempo?.mode === 'distributed';
    expect([config.ingest, config.block_builder, config.live_store].map((part) => part !== undefined)).toEqual([
      mode,
      mode,
      mode,
    ]);
    expect(plan.kafka?.topics.some(({ name }) => name === 'tempo-ingest') ?? false).toBe(mode);
    if (config.ingest)
      expect(config.ingest.kafka).toMatchObject({ topic: 'tempo-ingest', auto_create_topic_enabled: false });
  });

  it('has a block-builder for every partition', () => {
    if (config.block_builder === undefined) return;
    const builders = plan.components
      .flatMap(({ workloads }) => workloads)
      .find(({ name }) => name === 'tempo-block-builder');
    const covered = (builders?.replicas ?? 0) * config.block_builder.partitions_per_instance;
    expect(covered).toBeGreaterThanOrEqual(plan.tempo?.kafkaPartitions ?? Infinity);
  });

  it('writes its metrics to the one store that the cluster has', () => {
    const [target] = config.metrics_generator.storage.remote_write;
    const service = plan.prometheus
      ? 'prometheus.'
      : plan.mimir?.mode === 'distributed'
        ? 'mimir-distributor.'
        : 'mimir.';
    expect(target?.url).toContain(`//${service}observability.svc.cluster.local:`);
    expect(target?.send_exemplars).toBe(true);
  });

  it('dials no name that needs a search domain', () => {
    const text = stringify(config);
    const hosts = [...text.matchAll(/\b(?:tempo|mimir|kafka|prometheus)(?:-[a-z-]+)?\.observability[a-z.]*/g)].map(
      ([host]) => host,
    );
    expect(hosts.length).toBeGreaterThan(0);
    for (const host of hosts) expect(host).toMatch(/\.svc\.cluster\.local$/);
  });
});

it('has a gossip label of its own in every cluster', () => {
  expect(emit(home).config.memberlist.cluster_label).toBe('test-tempo');
});

it('tells zones apart only where there are zones', () => {
  const zone = (name: string) => emit(plans[name] ?? home).config.live_store?.ring?.instance_zone;
  expect([zone('zones'), zone('zoneless')]).toEqual(['${ZONE}', undefined]);
});

it('writes no secret, and asks the environment for one only where there is one', () => {
  const storage = (name: string) => emit(plans[name] ?? home).config.storage.trace;
  expect(storage('home')).toEqual({ backend: 'local', local: { path: '/var/tempo/blocks' } });
  expect(storage('zones')).not.toHaveProperty('s3.access_key');
  expect(storage('zoneless')).toMatchObject({
    s3: { access_key: '${ACCESS_KEY_ID}', secret_key: '${SECRET_ACCESS_KEY}' },
  });
});

it('finds no cache where none is planned, and the planned one by its port', () => {
  expect(emit(home).config.cache).toBeUndefined();
  const [cache] = emit(plans['zones'] ?? home).config.cache?.caches ?? [];
  expect(cache?.memcached).toMatchObject({
    host: 'tempo-cache.observability.svc.cluster.local',
    service: 'memcached',
    consistent_hash: true,
  });
});
