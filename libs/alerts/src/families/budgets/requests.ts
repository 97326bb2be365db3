import { jobOf, type Plan } from '@lgtm-fleet/plan';
import { scraped, STORES, type Store } from '../../stores.ts';
import type { RuleGroup } from '../../types.ts';

/** Requests of every role by route, for dashboards: a histogram of hundreds of series a pod is summed once. */
export function requests(plan: Plan): readonly RuleGroup[] {
  return Object.values(STORES)
    .filter(({ name }) => plan[name] !== undefined)
    .map((store) => ({ name: `${store.name}-request-rates`, rules: rules(plan, store) }));
}

function rules(plan: Plan, { name, requests: histogram }: Store): RuleGroup['rules'] {
  const at = `{job=~"${scraped(plan, name).map(jobOf).join('|')}"}`;
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (cluster, job, route, le) (rate(${histogram}_bucket${at}[5m])))`;
  return [
    {
      record: `cluster_job_route_status_code:${histogram}_count:sum_rate5m`,
      expr: `sum by (cluster, job, route, status_code) (rate(${histogram}_count${at}[5m]))`,
    },
    { record: `cluster_job_route:${histogram}:p50_rate5m`, expr: quantile(0.5) },
    { record: `cluster_job_route:${histogram}:p99_rate5m`, expr: quantile(0.99) },
  ];
}
