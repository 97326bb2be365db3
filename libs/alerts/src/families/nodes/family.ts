import { jobs } from '../../jobs.ts';
import type { RuleFamily } from '../../types.ts';
import { clocks } from './clocks.ts';
import { disks } from './disks.ts';
import { state } from './state.ts';
import { pressure } from './pressure.ts';
import { usage } from './usage.ts';

/** The machines, as Kubernetes, their kubelets and node-exporter see them. Label `instance` is the name of the node. */
export const nodes: RuleFamily = {
  name: 'nodes',
  audience: 'nodes',
  evaluators: ['metrics'],
  groups: (plan) => {
    const [exporter, objects] = [jobs(plan, 'node-exporter'), jobs(plan, 'kube-state-metrics')];
    return [
      { name: 'nodes-state', rules: state(exporter, objects) },
      { name: 'nodes-pressure', rules: pressure(exporter, objects) },
      { name: 'nodes-disks', rules: disks(exporter) },
      { name: 'nodes-clocks', rules: clocks(exporter) },
      { name: 'nodes-usage', rules: usage(exporter) },
    ];
  },
};
