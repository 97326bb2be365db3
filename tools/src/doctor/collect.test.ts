import { examplePlan } from '@lgtm-fleet/plan/testing';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startToyHospital } from '../testing/toy-hospital.ts';
import { isProblem } from '../workspace/problem.ts';
import { examine } from './examine.ts';
import { plannedObjects } from './planned.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('pods that are told to go are asked nothing', { timeout: 60_000 }, async () => {
  const plan = examplePlan('home-lab');
  const planned = await plannedObjects(ROOT, 'home-lab');
  if (isProblem(planned)) throw new Error(planned.message);
  const asked = new Set<string>();
  const { connection, close } = await startToyHospital({
    plan,
    planned,
    // Beside each pod that is asked something, and before it, one that it takes the place of.
    objects: (healthy) =>
      healthy.flatMap((object) => {
        if (object.kind !== 'Pod') return [object];
        const { name } = object.metadata;
        const leaving = { ...object.metadata, name: `${name}-old`, deletionTimestamp: new Date().toISOString() };
        return [{ ...object, metadata: leaving }, object];
      }),
    answer: (pod, _, response) => {
      asked.add(pod);
      if (!pod.endsWith('-old')) return false;
      response.destroy();
      return true;
    },
  });
  onTestFinished(close);
  const limits = { totalMs: 50_000, eachMs: 20_000, atOnce: 16 };
  const report = await examine(connection, plan, { planned, limits, betweenSeconds: 0.3 });
  expect(report.diagnoses.map(({ id, where }) => `${id} ${where}`)).toEqual([]);
  expect(report.unknown).toEqual([]);
  expect([...asked].filter((pod) => pod.endsWith('-old'))).toEqual([]);
  for (const component of ['loki', 'grafana', 'gateway'])
    expect([...asked].some((pod) => pod.startsWith(component))).toBe(true);
});
