import { jobs } from '../../jobs.ts';
import type { RuleFamily } from '../../types.ts';
import { objects } from './objects.ts';
import { pods } from './pods.ts';
import { usage } from './usage.ts';
import { workloads } from './workloads.ts';

/**
 * What Kubernetes says of the objects of a namespace. A tenant has the series of its own namespaces and of no others,
 * so no rule names one; those of the stack are in the namespaces of the stack's own tenant.
 */
export const kubernetes: RuleFamily = {
  name: 'kubernetes',
  audience: 'workloads',
  evaluators: ['metrics', 'meta'],
  groups: (plan, tenant) => {
    const all = jobs(plan, 'kube-state-metrics');
    // The Prometheus that watches sees the objects of everybody, and is there to tell of the stack's own.
    const state = tenant === undefined ? `${all}, namespace=~"monitoring|observability"` : all;
    return [
      { name: 'kubernetes-pods', rules: pods(state) },
      { name: 'kubernetes-workloads', rules: workloads(state) },
      { name: 'kubernetes-objects', rules: objects(state) },
      { name: 'kubernetes-usage', rules: usage(state) },
    ];
  },
};
