import type { Namespace, Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { encryptedTargets, serverNameOf, TLS_FILES } from '../tls.ts';

const label = (name: string): string => `__meta_kubernetes_pod_label_${name}`;
const annotation = (name: string): string => `__meta_kubernetes_pod_annotation_${name}`;
const COMPONENT = label('app_kubernetes_io_name');
const KUBE_STATE_METRICS = 'kube-state-metrics';

type Rule = Readonly<Record<string, YamlValue>>;

/** Namespaces whose pods are the stack's own. */
const NAMESPACES: readonly Namespace[] = ['observability', 'monitoring'];

/**
 * Scrapes of the stack's own pods, with the labels that collectors put on the same targets: so a rule or a dashboard
 * means the same here as in the store.
 *
 * @param buckets histograms that some rule looks at
 */
export function scrapes(plan: Plan, buckets: readonly string[]): readonly YamlValue[] {
  // A scrape for each, because a scrape expects one name.
  const encrypted = encryptedTargets(plan, 'meta-monitoring').map(({ component }) => component);
  const kept = metricRules(buckets);
  return [
    job(plan, 'stack', {}, [...annotated, drop(KUBE_STATE_METRICS), ...encrypted.map(drop), ...labels], kept),
    ...encrypted.map((name) =>
      job(
        plan,
        name,
        { scheme: 'https', tls_config: { ca_file: TLS_FILES.ca, server_name: serverNameOf(plan, name) } },
        [...annotated, keep(name), ...labels],
        kept,
      ),
    ),
    // It speaks of other objects, so none of its own names may stand in their place.
    job(plan, KUBE_STATE_METRICS, { honor_labels: true }, [...objects, ...labels, ANONYMOUS], []),
  ];
}

function job(
  plan: Plan,
  name: string,
  how: Readonly<Record<string, YamlValue>>,
  rules: readonly Rule[],
  metricRelabelConfigs: readonly Rule[],
): YamlValue {
  return {
    job_name: name,
    ...how,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: NAMESPACES } }],
    relabel_configs: [...rules, { target_label: 'cluster', replacement: plan.collection.clusterLabel }],
    ...(metricRelabelConfigs.length > 0 && { metric_relabel_configs: metricRelabelConfigs }),
  };
}

const keep = (component: string): Rule => ({ source_labels: [COMPONENT], regex: component, action: 'keep' });
const drop = (component: string): Rule => ({ source_labels: [COMPONENT], regex: component, action: 'drop' });
/** kube-state-metrics' own names would be taken for those of the objects. */
const ANONYMOUS: Rule = { regex: 'namespace|pod|container', action: 'labeldrop' };

/** The stack's own pods, and nobody else's in the same namespaces. */
const own: readonly Rule[] = [
  { source_labels: [label('app_kubernetes_io_part_of')], regex: 'lgtm-fleet', action: 'keep' },
  { source_labels: ['__meta_kubernetes_pod_phase'], regex: 'Succeeded|Failed', action: 'drop' },
  { source_labels: ['__meta_kubernetes_pod_container_init'], regex: 'true', action: 'drop' },
];

/** Pods that ask for it by annotation, on the port that they name. */
const annotated: readonly Rule[] = [
  ...own,
  {
    source_labels: [annotation('prometheus_io_scrape'), '__meta_kubernetes_pod_container_port_number'],
    regex: 'true;[0-9]+',
    action: 'keep',
  },
  // Where node-exporter listens is the network of the node, to which no policy lets the watcher.
  drop('node-exporter'),
  { source_labels: [annotation('prometheus_io_port')], regex: '([0-9]+)', target_label: '__tmp_port' },
  {
    source_labels: ['__meta_kubernetes_pod_container_port_number'],
    target_label: '__tmp_port',
    action: 'keepequal',
  },
  { source_labels: [annotation('prometheus_io_path')], regex: '(/.*)', target_label: '__metrics_path__' },
];

/** Both ports of kube-state-metrics: what it says of objects, and of itself. */
const objects: readonly Rule[] = [
  ...own,
  keep(KUBE_STATE_METRICS),
  { source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: 'http|telemetry', action: 'keep' },
];

/** As collectors have them: a job is a workload, whatever the zone. */
const labels: readonly Rule[] = [
  { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
  { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
  { source_labels: ['__meta_kubernetes_pod_container_name'], target_label: 'container' },
  { source_labels: ['__meta_kubernetes_pod_controller_name'], target_label: '__tmp_workload' },
  // A Deployment's pods are those of a ReplicaSet of it.
  {
    source_labels: ['__meta_kubernetes_pod_controller_kind', '__meta_kubernetes_pod_controller_name'],
    regex: 'ReplicaSet;(.+)-[bcdfghjklmnpqrstvwxz2456789]+',
    target_label: '__tmp_workload',
  },
  {
    source_labels: [label('zone'), '__tmp_workload'],
    regex: '(zone-[abc]);(.+)-zone-[abc]',
    replacement: '$2',
    target_label: '__tmp_workload',
  },
  { source_labels: ['namespace', '__tmp_workload'], separator: '/', target_label: 'job' },
  {
    source_labels: ['pod', '__meta_kubernetes_pod_container_port_number'],
    separator: ':',
    target_label: 'instance',
  },
];

/** Buckets are two thirds of what a store tells, and only rules look at any here. */
function metricRules(buckets: readonly string[]): readonly Rule[] {
  if (buckets.length === 0) return [{ source_labels: ['__name__'], regex: '.+_bucket', action: 'drop' }];
  return [
    { source_labels: ['__name__'], regex: buckets.join('|'), target_label: '__tmp_wanted', replacement: 'yes' },
    { source_labels: ['__tmp_wanted', '__name__'], regex: ';.+_bucket', action: 'drop' },
    { regex: '__tmp_wanted', action: 'labeldrop' },
  ];
}

/** Names of the histograms' buckets that expressions ask for. */
export function bucketsIn(expressions: readonly string[]): readonly string[] {
  const names = expressions.flatMap((expression) => [...expression.matchAll(/[a-zA-Z_:][\w:]*_bucket\b/g)]);
  return [...new Set(names.map(([name]) => name))].toSorted();
}
