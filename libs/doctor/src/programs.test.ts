import { hubPlans } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { growthOf, pagesOf, portOf } from './programs.ts';

test('counters grow, and begin anew after a restart', () => {
  const sample = (value: number, tenant: string) => ({ name: 'x_total', labels: { tenant }, value });
  const program = {
    namespace: 'observability',
    pod: 'loki-0',
    component: 'loki',
    role: 'monolithic',
    metrics: [sample(5, 'a'), sample(90, 'b'), sample(1, 'same')],
    later: [sample(7, 'a'), sample(4, 'b'), sample(2, 'new'), sample(1, 'same')],
  };
  expect(growthOf(program, 'x_total').map(({ labels, value }) => [labels['tenant'], value])).toEqual([
    ['a', 2],
    ['b', 4],
    ['new', 2],
  ]);
  expect(growthOf({ ...program, later: program.metrics }, 'x_total')).toEqual([]);
});

test('every store and collector has pages and a port; caches and brokers have none', () => {
  for (const plan of hubPlans())
    for (const workload of plan.components.flatMap(({ workloads }) => workloads)) {
      const pages = pagesOf(workload);
      const asked = [
        'loki',
        'mimir',
        'tempo',
        'prometheus',
        'meta-monitoring',
        'alertmanager',
        'alloy',
        'alloy-gateway',
        'alloy-sources',
      ];
      expect(pages.length > 0, workload.name).toBe(
        asked.includes(workload.component) && !/(?:^|-)cache$/.test(workload.role),
      );
      if (pages.length > 0) expect(portOf(plan, workload), workload.name).toBeGreaterThan(0);
    }
});

test('each ring of a distributed store is asked of a role that is in it', () => {
  const roles = new Set(
    hubPlans()
      .flatMap(({ components }) => components.flatMap(({ workloads }) => workloads))
      .filter(({ component }) => component === 'mimir')
      .flatMap((workload) => pagesOf(workload).flatMap(({ ring }) => ring ?? [])),
  );
  expect([...roles].toSorted()).toEqual([
    'alertmanager',
    'compactor',
    'distributor',
    'ingester',
    'ruler',
    'store-gateway',
  ]);
});
