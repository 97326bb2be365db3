import { hubPlans } from '@lgtm-fleet/plan/testing';
import { gatewayRoutes } from '@lgtm-fleet/resources';
import { describe, expect, test } from 'vitest';
import { harmlessRequests, pathOfShape } from './requests.ts';

test.each([
  ['^/loki/api/v1/rules(?:/.+)?$', '/loki/api/v1/rules'],
  ['^/tempo/api/(?:(?:v2/)?traces/[^/]+|search)$', '/tempo/api/traces/doctor'],
  ['^/prometheus/api/v1/cardinality/[a-z_]+$', '/prometheus/api/v1/cardinality/doctor'],
  ['^/loki/prometheus/api/v1/(?:rules|alerts)$', '/loki/prometheus/api/v1/rules'],
])('a path of %s', (shape, path) => {
  expect(pathOfShape(shape)).toBe(path);
  expect(path).toMatch(new RegExp(shape));
});

describe.each(hubPlans().map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
  const requests = harmlessRequests(plan);

  test('there is a request by each route, which it takes', () => {
    const routes = gatewayRoutes(plan);
    expect(requests).toHaveLength(routes.length);
    for (const [index, { match }] of routes.entries()) {
      const { path = '' } = requests[index] ?? {};
      if ('exact' in match) expect(path).toBe(match.exact);
      else expect(path).toMatch(new RegExp(match.shape));
    }
  });

  test('nothing is written: reads, and pushes of nothing', () => {
    for (const { method, body } of requests)
      expect(method === 'GET' || body === '' || /^\{"\w+":\[\]\}$/.test(body ?? 'x'), `${method} ${body ?? ''}`).toBe(
        true,
      );
  });

  test('who is behind a path is a role of the plan', () => {
    const roles = new Set(
      plan.components.flatMap(({ workloads }) =>
        workloads.map(({ component, role }) => (component === role ? component : `${component}/${role}`)),
      ),
    );
    for (const { upstream } of requests) expect([...roles]).toContain(upstream);
  });
});
