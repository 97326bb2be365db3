import type { Alert } from '../../types.ts';
import { COLLECTORS } from './series.ts';

/** Told of elsewhere, with the words for it: nodes and the collectors themselves. */
const OTHERS = 'kube-system/(?:kubelet|cadvisor)|monitoring/(?:node-exporter|alloy|alloy-gateway|alloy-sources)';

/** What a scrape counts whose answer is over a limit, which it then throws away as a whole. */
const OVER_LIMITS = [
  'prometheus_target_scrapes_exceeded_sample_limit_total',
  'prometheus_target_scrapes_exceeded_body_size_limit_total',
  'prometheus_target_scrape_pool_exceeded_target_limit_total',
  'prometheus_target_scrape_pool_exceeded_label_limits_total',
];

/** Targets that are found, and give nothing. */
export function scrapes(): readonly Alert[] {
  return [
    {
      alert: 'ScrapeFailing',
      // Label job of what runs in a cluster has a slash; those of sources outside are a family of their own.
      expr: `count by (cluster, namespace, job) (up{job=~".+/.+", job!~"${OTHERS}"} == 0)`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $value }} targets of {{ $labels.job }} of {{ $labels.cluster }} cannot be scraped',
      description:
        'They run and give no metrics: the port or the path of the annotation is wrong, a NetworkPolicy is in the way, or they take longer than the timeout.',
      runbook: 'scrape-failing',
    },
    {
      alert: 'ScrapeOverLimit',
      expr: OVER_LIMITS.map(
        (metric) => `sum by (cluster, job, component_id) (increase(${metric}{${COLLECTORS}}[30m])) > 0`,
      ).join(' or '),
      for: '15m',
      severity: 'warning',
      summary: '{{ $labels.component_id }} of {{ $labels.cluster }} finds more than its limits allow',
      description:
        'A target gives too many series or labels, or there are too many targets. Of such a scrape nothing is taken at all.',
      runbook: 'source-failing',
    },
  ];
}
