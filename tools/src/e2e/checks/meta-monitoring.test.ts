import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { targetFaults, watchedJobs } from './meta-monitoring.ts';

test('every store is to be watched, by its job, but for what does not run here', () => {
  const plan = examplePlan('prod-eu');
  const jobs = watchedJobs(plan, new Set(['tempo']));
  expect(jobs).toEqual(
    expect.arrayContaining(['observability/loki-ingester', 'observability/mimir-ruler', 'monitoring/alertmanager']),
  );
  expect(jobs.filter((job) => job.includes('tempo'))).toEqual([]);
  expect(jobs).not.toContain('monitoring/node-exporter');
});

test('a job without a target, one that is down and one of another cluster are named', () => {
  const target = (job: string, health: string, cluster = 'a') => ({
    health,
    lastError: health === 'up' ? '' : 'refused',
    labels: { job, cluster, instance: `${job}:80` },
  });
  const jobs = ['x/one', 'x/two', 'x/three', 'x/four'];
  const targets = [target('x/one', 'up'), target('x/two', 'down'), target('x/three', 'up', 'b')];
  expect(targetFaults(jobs, 'a', targets)).toEqual([
    'x/two:80 is down: refused',
    'x/three is of cluster b',
    'no target of x/four',
  ]);
});
