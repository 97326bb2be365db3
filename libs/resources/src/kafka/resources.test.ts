import { stringify } from '@lgtm-fleet/yaml';
import type { ComponentPlan, KafkaPlan, Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import type { ConfigFile } from '../types.ts';
import { kafkaClusterId } from './cluster-id.ts';
import { kafka } from './resources.ts';

const component: ComponentPlan = {
  name: 'kafka',
  namespace: 'observability',
  mode: 'single',
  variants: [],
  wave: 4,
  releases: ['kafka'],
  workloads: [],
};

const three: KafkaPlan = {
  brokers: 3,
  replicationFactor: 3,
  minInSyncReplicas: 2,
  topics: [
    { name: 'tempo-ingest', partitions: 6, retentionSeconds: 86_400, maxMessageBytes: 16_000_000 },
    { name: 'mimir-ingest', partitions: 12, retentionSeconds: 43_200, maxMessageBytes: 16_000_000 },
  ],
};

// Only what the function reads; the whole plan is tested with the example clusters.
function planOf(kafkaPlan: KafkaPlan | undefined, cluster = 'prod'): Plan {
  return {
    cluster,
    kubernetes: { version: '1.36', clusterDomain: 'cluster.local', nodes: 3, zones: [] },
    ...(kafkaPlan && { kafka: kafkaPlan }),
  } as unknown as Plan;
}

function textOf(files: readonly ConfigFile[], name: string): string {
  const file = files.find((candidate) => candidate.name === name);
  if (file?.form !== 'text') throw new Error(`no text file ${name}`);
  return file.text;
}

function properties(plan: KafkaPlan): Readonly<Record<string, string>> {
  const text = textOf(kafka(planOf(plan), component).configFiles, 'server.properties');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map((line) => line.slice(0, line.indexOf('=')));
  expect(new Set(keys).size).toBe(keys.length);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

describe('server.properties', () => {
  it('names every broker as a voter, by its full name', () => {
    const { ['controller.quorum.voters']: voters } = properties(three);
    expect(voters?.split(',')).toEqual(
      [0, 1, 2].map((id) => `${String(id)}@kafka-${String(id)}.kafka.observability.svc.cluster.local:9093`),
    );
  });

  it('never makes a topic by itself', () => {
    expect(properties(three)['auto.create.topics.enable']).toBe('false');
  });

  it('takes the largest record of Mimir and Tempo, between brokers too', () => {
    for (const bytes of [1_000_000, 20_000_000]) {
      const found = properties({
        ...three,
        topics: [{ name: 'one', partitions: 1, retentionSeconds: 60, maxMessageBytes: bytes }],
      });
      expect(Number(found['message.max.bytes'])).toBe(Math.max(16_000_000, bytes));
      expect(found['replica.fetch.max.bytes']).toBe(found['message.max.bytes']);
    }
  });

  it('asks for no more copies of its own topics than there are brokers', () => {
    const found = properties({ ...three, brokers: 1, replicationFactor: 1, minInSyncReplicas: 1 });
    const copies = Object.entries(found).filter(
      ([key]) => key.endsWith('replication.factor') || key.endsWith('min.isr') || key === 'min.insync.replicas',
    );
    expect(copies).toHaveLength(7);
    expect(new Set(copies.map(([, value]) => value))).toEqual(new Set(['1']));
  });
});

describe('topics.txt', () => {
  it('has a line for every topic that the job can split at blanks', () => {
    const lines = textOf(kafka(planOf(three), component).configFiles, 'topics.txt')
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(lines.map((line) => line.split(' '))).toEqual([
      ['tempo-ingest', '6', '3', 'retention.ms=86400000,max.message.bytes=16000000,min.insync.replicas=2'],
      ['mimir-ingest', '12', '3', 'retention.ms=43200000,max.message.bytes=16000000,min.insync.replicas=2'],
    ]);
  });

  it('is not in the brokers’ ConfigMap, so that a new topic does not restart them', () => {
    const { configFiles } = kafka(planOf(three), component);
    expect(Object.fromEntries(configFiles.map(({ name, configMap }) => [name, configMap]))).toEqual({
      'server.properties': 'kafka-config',
      'log4j2.yaml': 'kafka-config',
      'topics.txt': 'kafka-topics',
    });
  });
});

describe('cluster id', () => {
  it('is the same for the same name, differs between names, and never reads like a flag', () => {
    const names = Array.from({ length: 500 }, (_, index) => `cluster-${String(index)}`);
    const ids = names.map(kafkaClusterId);
    expect(new Set(ids).size).toBe(names.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9_-]{21}$/);
    expect(kafkaClusterId('prod')).toBe(kafkaClusterId('prod'));
  });
});

it('writes yaml whose comments all have a place', () => {
  for (const file of kafka(planOf(three), component).configFiles) {
    if (file.form === 'yaml') expect(() => stringify(file.value, { comments: file.comments ?? {} })).not.toThrow();
  }
});

it('refuses a plan without Kafka', () => {
  expect(() => kafka(planOf(undefined), component)).toThrow("component 'kafka' without a plan");
});
