import { bucketsInUse } from '@lgtm-fleet/plan';
import { examplePlan, examplePlans, planOf } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { backup } from './backup.ts';

const S3 = { s3: { region: 'eu-west-1', bucketPrefix: 'acme' } };
const pageOf = (plan: Parameters<typeof backup>[0]): string => backup(plan).join('\n\n');
/** First and fourth cell of each row: a bucket, and what is not in it yet. */
const rowsOf = (page: string) =>
  new Map(
    [...page.matchAll(/^\| `([^`]+)` \|[^|]*\|[^|]*\| ([^|]*) \|/gm)].map(([, bucket = '', open = '']) => [
      bucket,
      open,
    ]),
  );

it('has a row for each bucket that the cluster uses, and for no other', () => {
  for (const plan of examplePlans().filter(
    ({ role, objectStorage }) => role === 'hub' && objectStorage.kind !== 'filesystem',
  ))
    expect([...rowsOf(pageOf(plan)).keys()]).toEqual(bucketsInUse(plan).map((purpose) => plan.buckets[purpose]));
});

it('says on how many volumes that is which is not in a bucket yet, or how long Kafka keeps it', () => {
  const one = rowsOf(pageOf(planOf({ kubernetes: { nodes: 1 }, objectStorage: S3 })));
  expect(one.get('acme-mimir-blocks')).toBe('3 hours at most: on one volume of ingesters');
  expect(one.get('acme-loki')).toContain('on one volume of ingesters');
  expect(one.get('acme-tempo')).toBe('a minute: on its volume');
  const three = rowsOf(pageOf(planOf({ kubernetes: { nodes: 3 }, objectStorage: S3 })));
  expect(three.get('acme-mimir-blocks')).toBe('3 hours at most: on 3 volumes of ingesters');
  const logged = planOf({ kubernetes: { nodes: 6 }, objectStorage: S3, metrics: { architecture: 'ingest-storage' } });
  const hours = (logged.kafka?.topics.find(({ name }) => name.startsWith('mimir'))?.retentionSeconds ?? 0) / 3600;
  expect(rowsOf(pageOf(logged)).get('acme-mimir-blocks')).toBe(
    `3 hours at most: in Kafka, which keeps ${String(hours)}h`,
  );
});

it('says that silences are on volumes alone where routes are in git', () => {
  const silences = (plan: Parameters<typeof pageOf>[0]): string | undefined =>
    rowsOf(pageOf(plan)).get(plan.buckets.mimirAlertmanager);
  expect(silences(examplePlan('prod-eu'))).toBe('all silences: on its volumes alone');
  expect(silences(planOf({ kubernetes: { nodes: 3 }, objectStorage: S3 }))).toBe('silences of the last 15 minutes');
});

it('names the claims that nothing else keeps', () => {
  const files = pageOf(examplePlan('home-lab'));
  expect(files).toContain('nothing of this cluster is anywhere else');
  for (const claim of ['prometheus', 'loki', 'tempo', 'grafana']) expect(files).toContain(`| \`data-${claim}-0\` |`);
  const own = pageOf(planOf({ objectStorage: { seaweedfs: {} } }));
  expect(own).toContain('| `data-seaweedfs-0` | all of the buckets above | ever |');
  expect(own).not.toContain('data-loki-0');
  expect(pageOf(planOf({ kubernetes: { nodes: 3 }, objectStorage: S3 }))).not.toContain('On a volume');
});

it('says where the database of Grafana is that is not in a bucket', () => {
  const page = pageOf(examplePlan('prod-eu'));
  const { database } = examplePlan('prod-eu').grafana ?? {};
  expect(database?.kind === 'postgres' && page.includes(`\`${database.host}\``)).toBe(true);
  expect(page).not.toContain('prod-eu-grafana`');
});

it('an edge keeps nothing', () => {
  expect(backup(examplePlan('prod-eu-shop'))).toEqual([]);
});
