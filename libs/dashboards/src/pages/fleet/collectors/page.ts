import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { now, promql } from '../../../queries.ts';
import type { Page, Row } from '../../../types.ts';
import { labelVariable } from '../../../variables.ts';

/** Every Alloy of the chosen clusters: on nodes, before Tempo, and for sources outside. */
const ALL = 'cluster=~"$cluster", job=~"monitoring/alloy(?:-gateway|-sources)?"';

export const collectors: Page = {
  uid: 'lgtm-collectors',
  title: 'Collectors',
  description: 'Alloy on every node, before Tempo and for sources outside: whether everything is collected, and sent.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [labelVariable('cluster', 'Cluster', 'alloy_build_info')],
  rows: () => [health, metrics, logs, spans],
};

const health: Row = {
  title: 'Health',
  tiles: [
    stat('That answer, by cluster', 'short', [now(`sum by (cluster) (up{${ALL}})`, '{{cluster}}')], {
      width: 8,
      height: 7,
      thresholds: [
        { at: 0, color: 'red' },
        { at: 1, color: 'green' },
      ],
      description: 'One on every node, and what is before Tempo and for sources.',
      runbook: 'collector-down',
    }),
    graph(
      'Components that are not healthy',
      'short',
      [
        promql(
          `sum by (pod, health_type) (alloy_component_controller_running_components{${ALL}, health_type!="healthy"}) > 0`,
          '{{pod}} {{health_type}}',
        ),
      ],
      { runbook: 'collector-down' },
    ),
    graph(
      'Targets that do not answer',
      'short',
      [promql('topk(10, count by (cluster, job) (up{cluster=~"$cluster"} == 0))', '{{cluster}} {{job}}')],
      { description: 'Everything that is scraped, not only the stack.', runbook: 'scrape-failing' },
    ),
  ],
};

const metrics: Row = {
  title: 'Metrics',
  tiles: [
    graph(
      'Samples sent',
      'cps',
      [
        promql(
          `sum by (cluster) (rate(prometheus_remote_storage_samples_total{${ALL}}[$__rate_interval]))`,
          '{{cluster}}',
        ),
      ],
      {
        stacked: true,
      },
    ),
    graph(
      'Samples lost',
      'cps',
      [
        promql(
          `sum by (cluster) (rate(prometheus_remote_storage_samples_failed_total{${ALL}}[$__rate_interval]))`,
          '{{cluster}} refused',
        ),
        promql(
          `sum by (cluster, reason) (rate(prometheus_remote_storage_samples_dropped_total{${ALL}}[$__rate_interval]))`,
          '{{cluster}} dropped: {{reason}}',
        ),
      ],
      {
        description: 'Dropped also counts what the rules of a tenant leave to another tenant.',
        runbook: 'collector-dropping',
      },
    ),
    graph(
      'Waiting to be sent',
      'short',
      [promql(`topk(10, sum by (pod) (prometheus_remote_storage_samples_pending{${ALL}}))`, '{{pod}}')],
      {
        description: 'The ten that wait most. It grows while the gateway or the store cannot be reached.',
        runbook: 'collector-backlog',
      },
    ),
    graph(
      'Connections that send, of those allowed',
      'percentunit',
      [
        promql(
          `topk(10, max by (pod) (prometheus_remote_storage_shards{${ALL}} / prometheus_remote_storage_shards_max{${ALL}}))`,
          '{{pod}}',
        ),
      ],
      { width: 12, max: 1, thresholds: [{ at: 0.9, color: 'orange' }], runbook: 'collector-backlog' },
    ),
    graph(
      'How long a batch takes, 99 of 100',
      's',
      [
        promql(
          `histogram_quantile(0.99, sum by (cluster, le) (rate(prometheus_remote_storage_sent_batch_duration_seconds_bucket{${ALL}}[$__rate_interval])))`,
          '{{cluster}}',
        ),
      ],
      { width: 12 },
    ),
  ],
};

const logs: Row = {
  title: 'Logs',
  tiles: [
    graph(
      'Lines sent',
      'cps',
      [promql(`sum by (cluster) (rate(loki_write_sent_entries_total{${ALL}}[$__rate_interval]))`, '{{cluster}}')],
      {
        stacked: true,
      },
    ),
    graph(
      'Lines dropped',
      'cps',
      [
        promql(
          `sum by (cluster, reason) (rate(loki_write_dropped_entries_total{${ALL}}[$__rate_interval])) > 0`,
          '{{cluster}} {{reason}}',
        ),
      ],
      { runbook: 'collector-dropping' },
    ),
    graph(
      'Batches tried again',
      'cps',
      [
        promql(
          `topk(10, sum by (pod) (rate(loki_write_batch_retries_total{${ALL}}[$__rate_interval]))) > 0`,
          '{{pod}}',
        ),
      ],
      {
        description: 'Files are read no further meanwhile; nothing is lost while they are there.',
        runbook: 'collector-backlog',
      },
    ),
  ],
};

const spans: Row = {
  title: 'Traces',
  tiles: [
    graph(
      'Spans taken and sent',
      'cps',
      [
        promql(`sum(rate(otelcol_receiver_accepted_spans_total{${ALL}}[$__rate_interval]))`, 'taken'),
        promql(`sum(rate(otelcol_exporter_sent_spans_total{${ALL}}[$__rate_interval]))`, 'sent'),
      ],
      { description: 'The difference is sampled out, where the spec says so.' },
    ),
    graph(
      'Spans refused and lost',
      'cps',
      [
        promql(`sum(rate(otelcol_receiver_refused_spans_total{${ALL}}[$__rate_interval]))`, 'refused'),
        promql(`sum(rate(otelcol_exporter_send_failed_spans_total{${ALL}}[$__rate_interval]))`, 'not sent'),
      ],
      { runbook: 'collector-dropping' },
    ),
    graph(
      'Queue, of its capacity',
      'percentunit',
      [
        promql(
          `max by (pod) (otelcol_exporter_queue_size{${ALL}} / otelcol_exporter_queue_capacity{${ALL}})`,
          '{{pod}}',
        ),
      ],
      { max: 1, thresholds: [{ at: 0.8, color: 'red' }], runbook: 'collector-backlog' },
    ),
  ],
};
