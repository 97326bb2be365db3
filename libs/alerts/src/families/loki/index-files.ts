import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** The files of the index on their way to the bucket and back: a chunk that is in none of them is not found. */
export function index(plan: Plan): readonly Alert[] {
  const ingester = jobs(plan, 'loki', 'ingester');
  const gateway = jobs(plan, 'loki', 'index-gateway');
  const operations = (at: string, operation: string, status = '') =>
    `sum by (cluster, pod) (increase(loki_tsdb_shipper_${operation}_total{${at}${status}}[30m]))`;
  const failed = ', status="failure"';
  return [
    {
      alert: 'LokiIndexNotUploaded',
      // Every minute: half of half an hour is no hiccup.
      expr: `${operations(ingester, 'tables_upload_operation', failed)} / ${operations(ingester, 'tables_upload_operation')} > 0.5`,
      for: '5m',
      severity: 'critical',
      summary: 'Loki: {{ $labels.pod }} of {{ $labels.cluster }} cannot upload its index',
      description:
        'Lines are in the bucket, and the index that finds them is only on the disk of this ingester. If its volume is lost, they cannot be found any more.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'LokiIndexNotDownloaded',
      // Every five minutes.
      expr: `${operations(gateway, 'tables_sync_operation', failed)} / ${operations(gateway, 'tables_sync_operation')} > 0.5`,
      for: '5m',
      severity: 'critical',
      summary: 'Loki: {{ $labels.pod }} of {{ $labels.cluster }} cannot download the index',
      description: 'Queries do not find lines that were uploaded since then, or fail.',
      runbook: 'queries-failing',
    },
    ...(plan.loki?.mode === 'distributed' ? [gatewayFailing(plan)] : []),
  ];
}

/** Only where the index is asked for over the network. */
function gatewayFailing(plan: Plan): Alert {
  const at = jobs(plan, 'loki', 'querier', 'ingester', 'query-frontend', 'ruler');
  const requests = (status = '') =>
    `sum by (cluster) (rate(loki_index_gateway_request_duration_seconds_count{${at}${status}}[5m]))`;
  return {
    alert: 'LokiIndexGatewayFailing',
    expr: `${requests(', status_code!~"2..|cancel"')} / ${requests()} > 0.1`,
    for: '10m',
    severity: 'critical',
    summary: 'Loki: {{ $value | humanizePercentage }} of questions to the index gateways of {{ $labels.cluster }} fail',
    description:
      'Queries ask the index gateways where their lines are. While these do not answer, queries fail or take minutes.',
    runbook: 'queries-failing',
  };
}
