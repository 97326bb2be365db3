import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan, hubPlans, planOf } from '@lgtm-fleet/plan/testing';
import { catalogues, type Catalogue, type CataloguedProgram } from '@lgtm-fleet/queries';

/** Hubs of every shape: the examples, and what none of them runs. */
export function everyHub(): readonly Plan[] {
  const bucket = { region: 'eu-west-1', bucketPrefix: 'acme-test', auth: 'secret' };
  return [
    ...hubPlans(),
    planOf({ kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: {} }, metrics: { store: 'mimir' } }, 'seaweed'),
    planOf(
      {
        kubernetes: { nodes: 40, zones: ['a', 'b', 'c'] },
        load: { metrics: { activeSeries: 3_000_000 }, logs: { volume: '400GB/day' }, traces: { throughput: '8MB/s' } },
        objectStorage: { s3: bucket },
        metrics: { store: 'mimir', architecture: 'ingest-storage' },
      },
      'ingest',
    ),
    examplePlan('startup', { grafana: { profiles: { url: 'https://pyroscope.example.com', basicAuth: false } } }),
  ];
}

/** Programs of which there is no list of series, by how their names begin. */
const OTHERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^traces_/, ['tempo']],
  [/^gateway_refused_requests_total$/, ['alloy']],
  // What Tempo's generator writes with is the client that Prometheus and Alloy have, too.
  [/^prometheus_remote_storage_samples_failed_total$/, ['tempo']],
  // Only where there is a cache outside the process, a limit that was passed, or Kafka.
  [/^loki_(?:memcache|discarded)_/, ['loki']],
  [/^thanos_cache_|^cortex_ingest_storage_/, ['mimir']],
  [/^(?:up|ALERTS)$/, ['alloy']],
];

const PROGRAMS = Object.keys(catalogues) as readonly CataloguedProgram[];

/** Components that are, or collect from, a program that is not called like them. */
const COMPONENTS: Partial<Record<CataloguedProgram, readonly string[]>> = {
  kubelet: ['alloy'],
  cadvisor: ['alloy'],
  'loki-canary': ['canary'],
  'mimir-continuous-test': ['canary'],
  prometheus: ['prometheus', 'meta-monitoring'],
  'tempo-vulture': ['canary-traces'],
};

/** Components of which one has to run so that there is a series of this name; none where nobody is known to make it. */
export function makersOf(metric: string): readonly string[] {
  const named = OTHERS.find(([beginning]) => beginning.test(metric))?.[1] ?? [];
  const listed = PROGRAMS.filter((program) => catalogues[program].has(metric));
  return [...named, ...listed.flatMap((program) => COMPONENTS[program] ?? [program])];
}

/** Labels of the contract, which everything that is collected has, or the node or object that it is about. */
const EVERYWHERE = ['cluster', 'namespace', 'pod', 'container', 'job', 'instance', 'node'];

/** What is known of series by the lists that were made from running programs. */
export function collected(used: readonly string[]): Catalogue {
  const labels = new Map<string, ReadonlySet<string>>();
  for (const program of PROGRAMS) {
    const path = join(import.meta.dirname, `../../queries/catalogues/${program}.txt`);
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const [name = '', ...own] = line.split(' ');
      if (name !== '' && name !== '#') labels.set(name, new Set([...(labels.get(name) ?? []), ...own]));
    }
  }
  const known = used.filter((metric) => makersOf(metric).length > 0);
  return { metrics: new Set(known), recorded: new Set(), labels, everywhere: new Set(EVERYWHERE) };
}
