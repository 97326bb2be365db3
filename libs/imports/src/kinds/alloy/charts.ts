import { child, entriesOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { externalLabels } from '../../scrape/external-labels.ts';

/** Values inside what installs a chart: Flux and Argo CD. */
const INSTALLERS = [
  ['spec', 'values'],
  ['spec', 'source', 'helm', 'valuesObject'],
] as const;

const PLAN = changedTo('the plan', 'how many run, and with what, follows from `load`');
const PATCH = impossible(
  'where and how pods run is for a patch below `clusters/<name>/patches/alloy`; names of fields are those of Kubernetes',
);
const STACK = changedTo('the stack', 'Alloy comes with the stack, with rights, ports and network policies of its own');

/** Values of the chart of Alloy. */
const ALLOY: readonly (readonly [Verdict, readonly string[]])[] = [
  [
    STACK,
    [
      'nameOverride',
      'namespaceOverride',
      'fullnameOverride',
      'crds',
      'rbac',
      'serviceAccount',
      'service',
      'serviceMonitor',
      'networkPolicy',
      'configReloader',
      'global',
      'image',
    ],
  ],
  [
    STACK,
    [
      'alloy/configMap',
      'alloy/clustering',
      'alloy/stabilityLevel',
      'alloy/enableReporting',
      'alloy/enableHttpServerPort',
      'alloy/storagePath',
      'alloy/mounts',
      'alloy/securityContext',
      'alloy/livenessProbe',
    ],
  ],
  [
    STACK,
    [
      'alloy/listenAddr',
      'alloy/listenPort',
      'alloy/listenScheme',
      'alloy/uiPathPrefix',
      'alloy/initialDelaySeconds',
      'alloy/timeoutSeconds',
      'alloy/lifecycle',
    ],
  ],
  [
    impossible('what it listens to is OTLP, at `alloy-gateway`: other ports are for a program of your own'),
    ['alloy/extraPorts'],
  ],
  [
    impossible('no value comes from the environment: write it where it is used, or say the Secret of a source'),
    ['alloy/extraEnv', 'alloy/envFrom'],
  ],
  [PATCH, ['alloy/extraArgs', 'alloy/command', 'alloy/hostAliases']],
  [
    PLAN,
    [
      'alloy/resources',
      'controller/replicas',
      'controller/autoscaling',
      'controller/podDisruptionBudget',
      'controller/volumeClaimTemplates',
    ],
  ],
  [
    STACK,
    [
      'controller/type',
      'controller/updateStrategy',
      'controller/parallelRollout',
      'controller/minReadySeconds',
      'controller/terminationGracePeriodSeconds',
      'controller/revisionHistoryLimit',
      'controller/enableStatefulSetAutoDeletePVC',
    ],
  ],
  [
    PATCH,
    [
      'controller/nodeSelector',
      'controller/tolerations',
      'controller/affinity',
      'controller/topologySpreadConstraints',
      'controller/priorityClassName',
      'controller/podAnnotations',
      'controller/podLabels',
      'controller/extraLabels',
      'controller/extraAnnotations',
      'controller/hostNetwork',
      'controller/hostPID',
      'controller/dnsPolicy',
      'controller/volumes',
      'controller/initContainers',
      'controller/extraContainers',
    ],
  ],
  [impossible('how programs come in is said once: `exposure`'), ['ingress', 'route']],
  [impossible('objects of others are for a folder of your own'), ['extraObjects']],
];

const COLLECTED = changedTo('collected by Alloy already', 'it comes with the stack, or is on every node');
const DESTINATION = changedTo(
  'the gateway of the stack',
  'Alloy pushes to the gateway, which is in the cluster, and signs in with what its tenant has',
);

/** Values of the chart k8s-monitoring, which makes configurations of Alloy by itself. */
const MONITORING: readonly (readonly [Verdict, readonly string[]])[] = [
  [DESTINATION, ['destinations', 'externalServices']],
  [
    COLLECTED,
    [
      'clusterMetrics',
      'hostMetrics',
      'podLogs',
      'podLogsViaLoki',
      'podLogsViaKubernetesApi',
      'podLogsViaOpenTelemetry',
      'prometheusOperatorObjects',
      'telemetryServices',
    ],
  ],
  [
    changedTo(
      'collected by Alloy already',
      'pods with `prometheus.io/scrape: "true"` are found by Alloy: change annotations of `k8s.grafana.com/` to those',
    ),
    ['annotationAutodiscovery'],
  ],
  [
    changedTo(
      'alloy-gateway',
      'applications send OTLP to `alloy-gateway.monitoring.svc.cluster.local`, at 4317 and 4318',
    ),
    ['applicationObservability', 'receivers'],
  ],
  [
    impossible(
      'events of Kubernetes are objects, and are not read: let an Alloy of your own do it, once, and push as one of `ingest.senders`',
    ),
    ['clusterEvents'],
  ],
  [
    impossible(
      'Alloy on the nodes reads the files of pods alone: make the nodes a group of `ingest.hosts` too, which reads their journal',
    ),
    ['nodeLogs'],
  ],
  [impossible('all pods are read, with or without an object `PodLogs`'), ['podLogsObjects']],
  [impossible('what it costs is not measured: run OpenCost by itself, with annotations'), ['costMetrics']],
  [impossible('profiles have no store in this stack'), ['profiling', 'profilesReceiver']],
  [
    impossible(
      'nothing looks into programs from outside: run Beyla by itself, and let it send OTLP to `alloy-gateway`',
    ),
    ['autoInstrumentation'],
  ],
  [impossible('what an integration asks is a source: name it in `ingest.sources`, of its kind'), ['integrations']],
  [
    PLAN,
    [
      'alloy-metrics',
      'alloy-logs',
      'alloy-singleton',
      'alloy-receiver',
      'alloy-profiles',
      'alloy-operator',
      'collectors',
      'collectorCommon',
    ],
  ],
  [
    changedTo('the stack', 'what the stack has is in git, and reports nothing to anybody'),
    ['selfReporting', 'test', 'configValidator'],
  ],
];

export interface Charted {
  /** Texts of Alloy in the values. */
  readonly texts: readonly SourceNode[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Values of a chart, or a ConfigMap, with the configuration as a text; nothing where it is neither. */
export function readChart(document: SourceNode, cluster: string, ledger: Ledger): Charted | undefined {
  const texts = textsIn(document, []);
  if (texts.length === 0) return undefined;
  const wrapped = INSTALLERS.map((path) => child(document, ...path)).find((values) => values !== undefined);
  if (wrapped !== undefined || child(document, 'kind') !== undefined)
    ledger.carried(document, 'nothing: it is the object around the configuration');
  const values = wrapped ?? document;
  if (wrapped !== undefined) ledger.forgotten(wrapped);
  for (const one of [values, ...['alloy', 'k8s-monitoring'].map((name) => child(values, name))]) {
    // An umbrella chart has the values below the name of the chart.
    if (child(one, 'alloy', 'configMap') !== undefined) judge(one, ALLOY, ledger);
    else if (one !== undefined) judge(one, MONITORING, ledger);
  }
  const name = child(values, 'cluster', 'name');
  ledger.changed(
    name,
    'metadata.name',
    `label \`cluster\` of everything is the name of the cluster file, \`${cluster}\``,
  );
  return { texts, labels: externalLabels(child(values, 'externalLabels'), cluster, ledger) };
}

const DEEPEST = 12;

function textsIn(node: SourceNode, path: readonly string[]): readonly SourceNode[] {
  if (path.length > DEEPEST) return [];
  return entriesOf(node).flatMap(([key, value]): readonly SourceNode[] => {
    const own = [...path, key];
    const isText =
      (key === 'content' && path.slice(-2).join('.') === 'alloy.configMap') ||
      key === 'extraConfig' ||
      (path.at(-1) === 'data' && /\.(?:alloy|river)$/.test(key));
    return isText && (textOf(value) ?? '').trim() !== '' ? [value] : textsIn(value, own);
  });
}
