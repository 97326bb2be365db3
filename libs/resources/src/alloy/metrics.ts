import type { Plan } from '@lgtm-fleet/plan';
import { component } from '../alloy-syntax/component.ts';
import { call, reference, sum } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { annotatedPods, kubeStateMetricsPods } from './discovery.ts';
import { gatewayOf, signIn } from './sign-in.ts';
import { encryptedScrapes, plainPods } from './encrypted.ts';
import { metricRules, routes } from './routes.ts';

const receiver = reference('prometheus.remote_write.tenants.receiver');

/** Scrapes of this node and of what ServiceMonitors and PodMonitors name, written to every tenant's own. */
export function collectMetrics(plan: Plan): readonly Block[] {
  const pace = {
    scrape_interval: seconds(plan.collection.scrapeIntervalSeconds),
    scrape_timeout: seconds(timeout(plan)),
  };
  return [
    annotatedPods(),
    ...plainPods(plan),
    component('prometheus.scrape', 'annotated', {
      targets: reference(`discovery.relabel.${plan.tls === undefined ? 'annotated' : 'plain'}.output`),
      forward_to: [receiver],
      ...pace,
    }),
    ...encryptedScrapes(plan, { forward_to: [receiver], ...pace }),
    kubeStateMetricsPods(),
    component(
      'prometheus.scrape',
      'kube_state_metrics',
      {
        targets: reference('discovery.relabel.kube_state_metrics.output'),
        forward_to: [receiver],
        honor_labels: true,
        ...pace,
      },
      {
        comments: {
          honor_labels: 'Labels namespace, pod and container are those of the object that a metric is about',
        },
      },
    ),
    kubelet('kubelet', '/metrics', [receiver], pace),
    kubelet('cadvisor', '/metrics/cadvisor', [reference('prometheus.relabel.cadvisor.receiver')], pace),
    component(
      'prometheus.relabel',
      'cadvisor',
      {
        forward_to: [receiver],
        rule: [
          { source_labels: ['__name__', 'pod'], regex: 'container_.+;', action: 'drop' },
          {
            source_labels: ['__name__'],
            regex:
              'container_(?:blkio_device_usage_total|memory_failures_total|tasks_state|file_descriptors|sockets|ulimits_soft)',
            action: 'drop',
          },
        ],
      },
      {
        comment:
          'Control groups that are no pod, and what takes dozens of series a container and is looked at by nobody',
      },
    ),
    ...monitors(plan),
    remoteWrite(plan),
  ];
}

type Pace = { readonly scrape_interval: string; readonly scrape_timeout: string };

function kubelet(label: string, path: string, forward: readonly ReturnType<typeof reference>[], pace: Pace): Block {
  return component(
    'prometheus.scrape',
    label,
    {
      targets: [
        {
          __address__: sum(call('sys.env', 'NODE_IP'), ':10250'),
          job: `kube-system/${label}`,
          instance: call('sys.env', 'NODE_NAME'),
        },
      ],
      forward_to: forward,
      honor_labels: true,
      scheme: 'https',
      metrics_path: path,
      bearer_token_file: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      ...pace,
      tls_config: { insecure_skip_verify: true },
    },
    { comments: { tls_config: "A kubelet's certificate is its own, unless the cluster signs serving certificates" } },
  );
}

function monitors(plan: Plan): readonly Block[] {
  const body = {
    forward_to: [reference('prometheus.relabel.monitors.receiver')],
    scrape: {
      default_scrape_interval: seconds(plan.collection.scrapeIntervalSeconds),
      default_scrape_timeout: seconds(timeout(plan)),
    },
    clustering: { enabled: true },
  };
  return [
    component(
      'prometheus.operator.servicemonitors',
      'all',
      { kubernetes_role: 'endpointslice', ...body },
      {
        comment: 'Monitors name targets of the whole cluster: the nodes share them among themselves',
        comments: { kubernetes_role: 'Endpoints, the default, are deprecated since Kubernetes 1.33' },
      },
    ),
    component('prometheus.operator.podmonitors', 'all', body),
    component(
      'prometheus.relabel',
      'monitors',
      {
        forward_to: [receiver],
        rule: {
          source_labels: ['namespace', 'job'],
          regex: '([^;]+);([^/]+)',
          replacement: '$1/$2',
          target_label: 'job',
        },
      },
      {
        comment: 'Label job is <namespace>/<workload> everywhere; a ServiceMonitor gives the name of the Service alone',
      },
    ),
  ];
}

function remoteWrite(plan: Plan): Block {
  const endpoints = routes(plan).map((route) => {
    return {
      name: route.tenant,
      url: `${gatewayOf(plan, route)}/api/v1/push`,
      send_exemplars: true,
      send_native_histograms: true,
      ...signIn(plan, route),
      queue_config: { capacity: 6000, max_shards: 10 },
      write_relabel_config: metricRules(route, plan).map((rule) => ({ ...rule })),
    };
  });
  return component(
    'prometheus.remote_write',
    'tenants',
    {
      external_labels: { cluster: plan.collection.clusterLabel },
      endpoint: endpoints,
      wal: { truncate_frequency: '30m', max_keepalive_time: '2h' },
    },
    {
      comment:
        plan.selfMonitoring === undefined
          ? 'One log of what was scraped, and an endpoint with a queue of its own for each tenant'
          : "One log of what was scraped, and an endpoint with a queue of its own for each tenant. Metrics of nodes are\nthe first tenant's, though node-exporter runs in a namespace of the stack: an owner decides, not the namespace.",
      comments: {
        'endpoint/queue_config':
          'A node sends some thousand samples a second; ten shards send a hundred thousand. Fifty, the default,\non every node would be too many connections for the gateway after an outage.',
        wal: "The default of eight hours could fill the node's disk while the gateway cannot be reached",
      },
    },
  );
}

/** Prometheus' ten seconds, unless targets are scraped more often than that. */
function timeout(plan: Plan): number {
  return Math.min(10, plan.collection.scrapeIntervalSeconds);
}

function seconds(count: number): string {
  return `${String(count)}s`;
}
