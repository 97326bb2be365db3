import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * Whether the Prometheus that watches knows of the objects of Kubernetes. The first tenant has an alert on the same,
 * which compares with kubelets; these it does not scrape, and no ruler may be there to ask.
 */
export const watchedObjects: RuleFamily = {
  name: 'watched-objects',
  audience: 'stack',
  evaluators: ['meta'],
  groups: (plan) =>
    plan.components.every(({ name }) => name !== 'meta-monitoring')
      ? []
      : [{ name: 'watched-objects', rules: [unknown(plan)] }],
};

function unknown(plan: Plan): Alert {
  const all = `cluster="${plan.collection.clusterLabel}"`;
  return {
    alert: 'WatcherKnowsNoObjects',
    // Where it hears of nothing at all, it is what has a fault.
    expr: `count by (cluster) (up{${all}}) unless on (cluster) up{${all}, ${jobs(plan, 'kube-state-metrics')}} == 1`,
    // One pod: started elsewhere within minutes when its node is lost.
    for: '15m',
    severity: 'warning',
    summary: 'What watches the stores knows nothing of the Kubernetes objects of {{ $labels.cluster }}',
    description:
      'kube-state-metrics does not run or cannot be scraped. Whether the gateway has a pod, Kafka its brokers or a workload what it asks for is not known, and no alert on them can fire.',
    runbook: 'scrape-failing',
  };
}
