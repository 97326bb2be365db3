import type { HostGroupPlan, Plan } from '@lgtm-fleet/plan';
import { LABEL_LIMITS } from '@lgtm-fleet/spec';
import { formatDuration } from '@lgtm-fleet/units';
import { clientSignIn } from '../../alloy/sign-in.ts';
import { component } from '../../alloy-syntax/component.ts';
import { reference, type Computed } from '../../alloy-syntax/expression.ts';
import type { Block } from '../../alloy-syntax/print.ts';
import { exporterOf } from './exporters.ts';
import { HOSTNAME, shownBy } from './places.ts';

const home = reference('prometheus.remote_write.home.receiver');

/** Times the estimate at which something on the machine has gone mad. */
const MAD = 10;
/** How often the log drops what has been sent; more often, it would drop what is still being sent after an outage. */
const TRUNCATION = 7200;

/** What of Alloy's own metrics tells whether it sends, and what it has lost. */
const OWN_METRICS = [
  'up',
  'alloy_build_info',
  'alloy_config_last_load_successful',
  'prometheus_remote_storage_samples_(?:total|failed_total|dropped_total)',
  'prometheus_remote_storage_queue_highest_(?:sent_)?timestamp_seconds',
  'loki_write_(?:sent|dropped)_entries_total',
  'otelcol_exporter_(?:sent|send_failed|enqueue_failed)_.+_total',
  'otelcol_receiver_refused_.+_total',
].join('|');

/** Metrics of the machine, and of its collector, kept on disk until they are sent. */
export function hostMetrics(plan: Plan, group: HostGroupPlan): readonly Block[] {
  const exporter = exporterOf(group);
  return [
    exporter,
    named('host', `${exporter.name}.host.targets`, group.name),
    scrape('host', group, [home], {
      comment: "Beyond the limits a scrape is refused as a whole: one machine gone mad is not everybody's flood",
    }),
    component(
      'prometheus.exporter.self',
      'collector',
      {},
      { comment: 'Whether this collector sends, and what it lost' },
    ),
    named('collector', 'prometheus.exporter.self.collector.targets', `${group.name}/alloy`),
    scrape('collector', group, [reference('prometheus.relabel.collector.receiver')], {}),
    component('prometheus.relabel', 'collector', {
      forward_to: [home],
      rule: { source_labels: ['__name__'], regex: OWN_METRICS, action: 'keep' },
    }),
    write(plan, group),
  ];
}

function named(label: string, targets: string, job: string): Block {
  return component('discovery.relabel', label, {
    targets: reference(targets),
    rule: [
      { target_label: 'job', replacement: job },
      { target_label: 'instance', replacement: HOSTNAME },
    ],
  });
}

function scrape(
  label: string,
  { intervalSeconds, timeoutSeconds, series, count }: HostGroupPlan,
  forward: readonly Computed[],
  comments: { readonly comment?: string },
): Block {
  return component(
    'prometheus.scrape',
    label,
    {
      targets: reference(`discovery.relabel.${label}.output`),
      forward_to: forward,
      scrape_interval: `${String(intervalSeconds)}s`,
      scrape_timeout: `${String(timeoutSeconds)}s`,
      sample_limit: Math.ceil(Math.max(1000, series / count) * MAD),
      label_limit: LABEL_LIMITS.labels,
      label_name_length_limit: LABEL_LIMITS.labelNameLength,
      label_value_length_limit: LABEL_LIMITS.labelValueLength,
    },
    comments,
  );
}

function write(plan: Plan, group: HostGroupPlan): Block {
  const keeps = formatDuration(group.bufferSeconds);
  return component(
    'prometheus.remote_write',
    'home',
    {
      external_labels: { cluster: plan.collection.clusterLabel, ...group.labels },
      endpoint: {
        name: group.tenant,
        url: `${group.gatewayUrl}/api/v1/push`,
        send_exemplars: true,
        send_native_histograms: true,
        ...clientSignIn(shownBy(group)),
        queue_config: { max_shards: 4, max_backoff: '30s' },
      },
      wal: {
        truncate_frequency: `${String(Math.min(TRUNCATION, group.bufferSeconds))}s`,
        max_keepalive_time: `${String(group.bufferSeconds)}s`,
      },
    },
    {
      comments: {
        'endpoint/queue_config':
          'Four connections send what was kept faster than it comes, and all machines at once are no flood',
        wal: `spec.ingest.hosts ${group.name}.buffer: ${keeps}. Kept on disk for so long while ${plan.cluster} cannot be reached`,
      },
    },
  );
}
