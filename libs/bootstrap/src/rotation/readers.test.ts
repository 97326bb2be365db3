import { expect, test } from 'vitest';
import { labPlan } from '../testing.ts';
import { readersAtStart } from './readers.ts';

const plan = labPlan({
  kubernetes: { nodes: 3 },
  objectStorage: { seaweedfs: { size: '10GB' } },
  metrics: { store: 'mimir' },
  tenants: [{ name: 'alpha', writers: [{ name: 'courier' }] }],
  readers: [{ name: 'both', tenants: ['alpha', 'self-monitoring'] }],
  selfMonitoring: {},
});
const GRAFANA = 'observability StatefulSet/grafana';

test.each([
  ['a tenant is shown by Grafana', 'alpha', [GRAFANA]],
  ['a reader, too', 'both', [GRAFANA]],
  [
    'the tenant of the stack itself by the canaries as well',
    'self-monitoring',
    [GRAFANA, ...['logs', 'metrics', 'traces'].map((signal) => `monitoring Deployment/canary-${signal}`)],
  ],
  ['a writer by nobody inside', 'courier', []],
  ['nobody by nobody', 'gamma', []],
])('%s', (_, user, names) => {
  const found = readersAtStart(plan, user).map(({ namespace, kind, name }) => `${namespace} ${kind}/${name}`);
  expect(found.toSorted()).toEqual(names.toSorted());
  for (const { secret } of readersAtStart(plan, user)) expect(secret).toBe('tenant-credentials');
});
