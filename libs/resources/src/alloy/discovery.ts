import { component } from '../alloy-syntax/component.ts';
import { call, reference, sum } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';

const label = (name: string): string => `__meta_kubernetes_pod_label_${name}`;
const annotation = (name: string): string => `__meta_kubernetes_pod_annotation_${name}`;

/** Pods of this node, with the labels that logs and metrics share; `__workload` is for the rules that come after. */
export function discoverPods(): readonly Block[] {
  return [
    component(
      'discovery.kubernetes',
      'pods',
      { role: 'pod', selectors: { role: 'pod', field: sum('spec.nodeName=', call('sys.env', 'NODE_NAME')) } },
      {
        comment:
          'Every node collects from its own pods: each is collected once without any agreement between\nnodes, and no Alloy watches the pods of the whole cluster',
      },
    ),
    component(
      'discovery.relabel',
      'pods',
      {
        targets: reference('discovery.kubernetes.pods.targets'),
        rule: [
          { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
          { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
          { source_labels: ['__meta_kubernetes_pod_container_name'], target_label: 'container' },
          // The controller is the workload, but for what a Deployment or a CronJob puts between.
          { source_labels: ['__meta_kubernetes_pod_name'], target_label: '__workload' },
          { source_labels: ['__meta_kubernetes_pod_controller_name'], regex: '(.+)', target_label: '__workload' },
          {
            source_labels: ['__meta_kubernetes_pod_controller_kind', '__meta_kubernetes_pod_controller_name'],
            regex: 'ReplicaSet;(.+)-[bcdfghjklmnpqrstvwxz2456789]+',
            target_label: '__workload',
          },
          {
            source_labels: ['__meta_kubernetes_pod_controller_kind', '__meta_kubernetes_pod_controller_name'],
            regex: 'Job;(.+)-[0-9]{8,}',
            target_label: '__workload',
          },
          {
            source_labels: [label('zone'), '__workload'],
            regex: '(zone-[abc]);(.+)-zone-[abc]',
            replacement: '$2',
            target_label: '__workload',
          },
        ],
      },
      {
        comment:
          "The workload is the pod's controller: loki-distributor for loki-distributor-5d8f…, mimir-ingester for\nmimir-ingester-zone-a-0. It becomes the second half of label `job`.",
      },
    ),
  ];
}

/** Targets of pods annotated with `prometheus.io/scrape: "true"`; kube-state-metrics is scraped by itself. */
export function annotatedPods(): Block {
  return component(
    'discovery.relabel',
    'annotated',
    {
      targets: reference('discovery.relabel.pods.output'),
      rule: [
        {
          source_labels: [annotation('prometheus_io_scrape'), '__meta_kubernetes_pod_container_port_number'],
          regex: 'true;[0-9]+',
          action: 'keep',
        },
        { source_labels: ['__meta_kubernetes_pod_phase'], regex: 'Succeeded|Failed', action: 'drop' },
        { source_labels: ['__meta_kubernetes_pod_container_init'], regex: 'true', action: 'drop' },
        { source_labels: [label('app_kubernetes_io_name')], regex: 'kube-state-metrics', action: 'drop' },
        // A container port called …metrics stands in where the annotation names no port.
        {
          source_labels: [
            annotation('prometheus_io_port'),
            '__meta_kubernetes_pod_container_port_name',
            '__meta_kubernetes_pod_container_port_number',
          ],
          regex: ';(?:.+-)?metrics;([0-9]+)',
          target_label: '__tmp_port',
        },
        { source_labels: [annotation('prometheus_io_port')], regex: '([0-9]+)', target_label: '__tmp_port' },
        {
          source_labels: ['__meta_kubernetes_pod_container_port_number'],
          target_label: '__tmp_port',
          action: 'keepequal',
        },
        { source_labels: [annotation('prometheus_io_scheme')], regex: '(https?)', target_label: '__scheme__' },
        { source_labels: [annotation('prometheus_io_path')], regex: '(/.*)', target_label: '__metrics_path__' },
        { source_labels: ['namespace', '__workload'], separator: '/', target_label: 'job' },
        {
          source_labels: ['pod', '__meta_kubernetes_pod_container_port_number'],
          separator: ':',
          target_label: 'instance',
        },
        {
          source_labels: [label('app_kubernetes_io_name'), '__meta_kubernetes_pod_node_name'],
          regex: 'node-exporter;(.+)',
          target_label: 'instance',
        },
      ],
    },
    {
      comment:
        'A pod asks to be scraped by annotation; the port has to be declared on one of its containers, and that\ncontainer is the label. The instance of node-exporter is its node.',
    },
  );
}

/** kube-state-metrics speaks of other objects, so none of its own names may stand in their place. */
export function kubeStateMetricsPods(): Block {
  return component('discovery.relabel', 'kube_state_metrics', {
    targets: reference('discovery.relabel.pods.output'),
    rule: [
      {
        source_labels: ['namespace', label('app_kubernetes_io_name')],
        regex: 'monitoring;kube-state-metrics',
        action: 'keep',
      },
      { source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: 'http|telemetry', action: 'keep' },
      { source_labels: ['namespace', '__workload'], separator: '/', target_label: 'job' },
      {
        source_labels: ['pod', '__meta_kubernetes_pod_container_port_number'],
        separator: ':',
        target_label: 'instance',
      },
      { regex: 'namespace|pod|container', action: 'labeldrop' },
    ],
  });
}

/** Log files of every container of this node; the cluster's own service name is the one that traces use. */
export function logFiles(): Block {
  return component(
    'discovery.relabel',
    'logs',
    {
      targets: reference('discovery.relabel.pods.output'),
      rule: [
        { source_labels: ['namespace', 'container'], separator: '/', target_label: 'job' },
        { source_labels: ['__workload'], target_label: 'service_name' },
        { source_labels: [label('app_kubernetes_io_name')], regex: '(.+)', target_label: 'service_name' },
        {
          source_labels: [annotation('resource_opentelemetry_io_service_name')],
          regex: '(.+)',
          target_label: 'service_name',
        },
        { source_labels: ['__meta_kubernetes_pod_uid'], target_label: '__tmp_uid' },
        // A static pod's folder is named after the hash of its file.
        { source_labels: [annotation('kubernetes_io_config_hash')], regex: '(.+)', target_label: '__tmp_uid' },
        {
          source_labels: ['namespace', 'pod', '__tmp_uid', 'container'],
          regex: '(.+);(.+);(.+);(.+)',
          replacement: '/var/log/pods/${1}_${2}_${3}/${4}/*.log',
          target_label: '__path__',
        },
      ],
    },
    {
      comment:
        'service_name is the name that OpenTelemetry gives a pod: annotation, then app.kubernetes.io/name, then\nthe workload. So a trace finds its logs.',
    },
  );
}
