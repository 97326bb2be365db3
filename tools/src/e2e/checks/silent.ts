/** A query that ships with the stack, and where it stands. */
export interface Shipped {
  readonly place: string;
  readonly language: 'promql' | 'logql' | 'traceql';
  readonly text: string;
}

/** Why queries give nothing on the cluster of the test. */
interface Silence {
  /** Something that such a query names. */
  readonly names: RegExp;
  readonly language?: Shipped['language'];
  /** Only where this component cannot run. */
  readonly without?: string;
  readonly why: string;
}

export const SILENCES: readonly Silence[] = [
  {
    names: /\b(?:alloy|otelcol|prometheus_remote|loki_(?:write|source|process))_|\bgateway_refused_requests_total/,
    without: 'alloy',
    why: 'Alloy tells it, and has no image here',
  },
  {
    names: /\{[^}]*\b(?:container|job|namespace)=/,
    language: 'logql',
    without: 'alloy',
    why: 'lines of pods are collected by Alloy, which has no image here',
  },
  { names: /\bgrafana_|\(grafana\)|\(\?:grafana\)/, without: 'grafana', why: 'Grafana has no image here' },
  { names: /\btempo_vulture_/, without: 'canary-traces', why: 'the canary of traces has no image here' },
  { names: /\btempo_vulture_trace_error_total\{[^>]*> 0/, why: 'no trace of the canary was lost' },
  { names: /\bkafka_|\btempo_live_store_kafka|\bcortex_ingest_storage/, why: 'no store of this cluster has Kafka' },
  { names: /\bcertmanager_/, why: 'nothing is encrypted inside, so there is no cert-manager' },
  {
    names: /\bcontainer_(?:cpu|memory|network)_/,
    why: 'the kubelet of the testbed names pods, and no containers, in what cAdvisor tells',
  },
  {
    names: /\bkubelet_volume_stats_|\bkubelet_volume_stats_available:ratio/,
    why: 'volumes are folders of the node, which the kubelet does not measure',
  },
  {
    names: /\bkubelet_(?:certificate_manager|server_expiration)_/,
    why: 'the kubelet of the testbed has certificates that nobody renews',
  },
  {
    names: /\b(?:alertmanager|prometheus_notifications)_/,
    why: 'nobody is told of alerts here, so there is no Alertmanager',
  },
  {
    names:
      /_(?:discarded|refused)_\w*total|_(?:failed|failures|errors|fail)_total|\bcortex_alertmanager_(?:notifications|alerts)/,
    why: 'it is there when something was refused or has failed, and at no other time',
  },
  {
    names:
      /status_code=~"5|(?:restarts|dropped)_total.*> 0|last_terminated_reason|\bkube_job_failed\b|\bkube_pod_status_unschedulable\b/,
    why: 'it is there when something is broken, and at no other time',
  },
  {
    names: /\bkubelet_\w*renew_errors|\btempodb_blocklist_poll_errors_total|\bargocd_git_\w+_fail_total/,
    why: 'it is there when something has failed, and at no other time',
  },
  {
    names:
      /shipper_last_successful|chunks_flushed_total|stored_chunk_bytes|chunk_stored_bytes|bucket_index_last_successful|marked_for_deletion_count/,
    why: 'it is there when the stores have uploaded what they hold, which takes hours',
  },
  {
    names: /compact_tables_operation|apply_retention_last_successful/,
    why: 'it is there when the compactor of Loki has run, ten minutes after its start',
  },
  {
    names: /\bloki_tsdb_shipper_tables_sync_operation_total/,
    why: 'it is there when Loki has run for five minutes, and it is killed more often here',
  },
  { names: /\bcluster:tempo_queries/, why: 'it is recorded of five minutes in which Tempo was asked, and it was not' },
  { names: /\bkube_daemonset_[^}]*namespace="observability"/, why: 'that namespace has no DaemonSet' },
];

/** The reason why a query gives nothing here; undefined where there is none, and it should give something. */
export function reasonOf(
  { text, language }: Pick<Shipped, 'text' | 'language'>,
  missing: ReadonlySet<string>,
): string | undefined {
  return SILENCES.find(
    (one) =>
      (one.language === undefined || one.language === language) &&
      (one.without === undefined || missing.has(one.without)) &&
      one.names.test(text),
  )?.why;
}
