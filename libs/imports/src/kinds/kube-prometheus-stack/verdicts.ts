import { changedTo, impossible, type Verdict } from '../../core/verdicts.ts';

export type Verdicts = readonly (readonly [Verdict, readonly string[]])[];

export const PLAN = changedTo('the plan', 'how many run, and with what, follows from `load`');
export const PATCH = impossible(
  'where and how pods run is for a patch below `clusters/<name>/patches/<component>`; names of fields are those of Kubernetes',
);
const NAMES = changedTo('the names of the stack', 'its objects are called the same on every cluster');
const OPERATOR = changedTo('Alloy', 'no operator is needed: Alloy reads ServiceMonitors and PodMonitors by itself');
const MIXIN = impossible(
  'the stack brings no rules of the Kubernetes mixin: export the PrometheusRules of the chart, and import them with the values',
);
const OWN_MONITOR = impossible(
  'it is not collected by itself: its ServiceMonitor goes with the chart, unless you keep that object, which Alloy reads',
);
const COLLECTED = changedTo('collected by Alloy already', 'it comes with the stack, or is on every node');
const ROUTES = impossible(
  'receivers have credentials, which do not come along: say `notifications` and `tenants[].alerts`, or upload the routes of a tenant with `mimirtool alertmanager load`',
);
const ENTRY = impossible(
  'how people and programs come in is said once: `exposure`, with `grafana`, `ingest` and `queries`',
);

/** Keys at the top of the values, and below the switches of the exporters. */
export const values: Verdicts = [
  [
    NAMES,
    [
      'nameOverride',
      'fullnameOverride',
      'namespaceOverride',
      'cleanPrometheusOperatorObjectNames',
      'kubeTargetVersionOverride',
      'kubeVersionOverride',
    ],
  ],
  [impossible('labels of all objects are for a patch'), ['commonLabels']],
  [
    impossible(
      'images come from where the releases of the stack say; a registry of your own is for a patch of `images`',
    ),
    ['global/imageRegistry', 'global/imagePullSecrets'],
  ],
  [changedTo('the stack', 'who may do what at the API server is declared with the stack'), ['global/rbac']],
  [
    changedTo('prometheus-operator-crds', 'the stack syncs the CRDs of ServiceMonitor and PodMonitor by itself'),
    ['crds'],
  ],
  [OPERATOR, ['prometheusOperator']],
  [MIXIN, ['defaultRules', 'customRules']],
  [COLLECTED, ['kubelet', 'kubeStateMetrics', 'nodeExporter']],
  [
    impossible(
      'it comes with the stack as its base says: flags, and what it leaves out or adds, are for a patch below `clusters/<name>/patches/<component>`',
    ),
    ['kube-state-metrics', 'prometheus-node-exporter'],
  ],
  [
    OWN_MONITOR,
    [
      'kubernetesServiceMonitors',
      'kubeApiServer',
      'kubeControllerManager',
      'coreDns',
      'kubeDns',
      'kubeEtcd',
      'kubeScheduler',
      'kubeProxy',
    ],
  ],
  [
    impossible(
      'Windows nodes run no Alloy of the stack: name their exporters in a source, or run a group of `ingest.hosts`',
    ),
    ['windowsMonitoring', 'prometheus-windows-exporter'],
  ],
  [impossible('rules are evaluated by Mimir, and not beside it'), ['thanosRuler']],
  [impossible('objects of others are for a folder of your own'), ['extraManifests']],
];

/** Alertmanager, which is Mimir's. */
export const alertmanager: Verdicts = [
  [
    changedTo('Mimir', 'its Alertmanager is part of Mimir, with replicas and volumes by the plan'),
    [
      'enabled',
      'apiVersion',
      'alertmanagerSpec',
      'podDisruptionBudget',
      'serviceAccount',
      'service',
      'servicePerReplica',
      'serviceMonitor',
      'verticalPodAutoscaler',
      'networkPolicy',
      'annotations',
      'additionalLabels',
      'namespaceOverride',
      'forceDeployDashboards',
      'enableFeatures',
    ],
  ],
  [ROUTES, ['config', 'stringConfig', 'tplConfig', 'templateFiles', 'secret', 'extraSecret']],
  [ENTRY, ['ingress', 'ingressPerReplica', 'route', 'routePerReplica']],
  [
    impossible('AlertmanagerConfigs are read by the operator alone: upload the routes of each tenant'),
    [
      'alertmanagerSpec/alertmanagerConfigSelector',
      'alertmanagerSpec/alertmanagerConfigNamespaceSelector',
      'alertmanagerSpec/alertmanagerConfiguration',
      'alertmanagerSpec/alertmanagerConfigMatcherStrategy',
    ],
  ],
  [
    PATCH,
    [
      'alertmanagerSpec/nodeSelector',
      'alertmanagerSpec/tolerations',
      'alertmanagerSpec/affinity',
      'alertmanagerSpec/containers',
      'alertmanagerSpec/volumes',
      'alertmanagerSpec/image',
    ],
  ],
];

/** Beside `prometheusSpec`. */
export const prometheus: Verdicts = [
  [
    changedTo('the stack', 'the store of metrics is `metrics.store`, and Alloy collects'),
    [
      'enabled',
      'agentMode',
      'annotations',
      'additionalLabels',
      'serviceAccount',
      'service',
      'servicePerReplica',
      'podDisruptionBudget',
      'serviceMonitor',
      'verticalPodAutoscaler',
      'networkPolicy',
      'additionalRulesForClusterRole',
    ],
  ],
  [ENTRY, ['ingress', 'ingressPerReplica', 'route', 'routePerReplica']],
  [
    impossible('Mimir keeps blocks in object storage by itself, without Thanos: `objectStorage`'),
    ['thanosService', 'thanosServiceMonitor', 'thanosServiceExternal', 'thanosIngress'],
  ],
  [impossible('Secrets of others are for a folder of your own'), ['extraSecret']],
];
