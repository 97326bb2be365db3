import { impossible, type Verdict } from '../../../core/verdicts.ts';
import * as why from '../agent/reasons.ts';

export type Verdicts = readonly (readonly [Verdict, readonly string[]])[];

const CHECKS = impossible(
  'checks that are written in Python do not run: serve Prometheus metrics, and name them in a source of kind `static`',
);
const VARIABLES = impossible(
  'what variables of the environment say of the agent is not read: write it as keys of `datadog.yaml`, and import that too',
);
const COLLECTOR = impossible(
  'a collector of OpenTelemetry in the agent goes with it: `alloy-gateway` takes OTLP, and what else that did is for a collector of yours',
);
const EXPLORED = impossible('objects of Kubernetes are not listed live: kube-state-metrics says how they are');

/** Below `datadog` of the chart. */
export const DATADOG: Verdicts = [
  [why.KEY, ['apiKey', 'apiKeyExistingSecret', 'appKey', 'appKeyExistingSecret', 'secretAnnotations']],
  [
    impossible(
      'no program fetches secrets for the cluster file: make them as Secrets, by hand or with External Secrets (`secrets.externalSecrets`)',
    ),
    ['secretBackend'],
  ],
  [why.SITE, ['site', 'dd_url']],
  [why.POD_LINES, ['logs']],
  [why.APM, ['apm', 'profiling', 'hostProfiler']],
  [why.SECURITY, ['asm', 'appsec', 'securityAgent']],
  [COLLECTOR, ['otelCollector']],
  [CHECKS, ['checksd']],
  [VARIABLES, ['env', 'envFrom', 'envDict']],
  [why.STATSD, ['dogstatsd', 'serviceTopology']],
  [why.PROCESSES, ['processAgent']],
  [
    why.FLOWS,
    [
      'systemProbe',
      'networkMonitoring',
      'serviceMonitoring',
      'networkPath',
      'traceroute',
      'discovery',
      'gpuMonitoring',
      'dynamicInstrumentationGo',
    ],
  ],
  [why.SBOM, ['sbom', 'containerImageCollection']],
  [
    why.INSIDE,
    [
      'kubeStateMetricsEnabled',
      'kubeStateMetricsNetworkPolicy',
      'kubeStateMetricsCore',
      'clusterChecks',
      'kubelet',
      'clusterTagger',
      'leaderElection',
      'leaderLeaseDuration',
      'leaderElectionResource',
      'helmCheck',
      'containerRuntimeSupport',
      'criSocketPath',
      'dockerSocketPath',
      'kubernetesUseEndpointSlices',
      'kubernetesKubeServiceIgnoreReadiness',
      'csi',
    ],
  ],
  [EXPLORED, ['orchestratorExplorer']],
  [why.EVENTS, ['collectEvents', 'kubernetesEvents', 'kubernetesActions']],
  [
    why.TAGS,
    [
      'nodeLabelsAsTags',
      'podLabelsAsTags',
      'podAnnotationsAsTags',
      'namespaceLabelsAsTags',
      'namespaceAnnotationsAsTags',
      'kubernetesResourcesLabelsAsTags',
      'kubernetesResourcesAnnotationsAsTags',
      'checksCardinality',
      'originDetectionUnified',
    ],
  ],
  [why.DISCOVERY, ['ignoreAutoConfig', 'excludePauseContainer', 'autoscaling']],
  [
    why.FILTERS,
    [
      'containerExclude',
      'containerInclude',
      'containerExcludeLogs',
      'containerIncludeLogs',
      'containerExcludeMetrics',
      'containerIncludeMetrics',
      'celWorkloadExclude',
    ],
  ],
  [why.ANNOTATED, ['prometheusScrape']],
  [
    why.AGENT,
    [
      'logLevel',
      'securityContext',
      'hostVolumeMountPropagation',
      'expvarPort',
      'useHostPID',
      'remoteConfiguration',
      'privateActionRunner',
      'disableDefaultOsReleasePaths',
      'disablePasswdMount',
      'osReleasePath',
      'networkPolicy',
      'dataPlane',
      'operator',
      'containerLifecycle',
      'instrumentationCrd',
    ],
  ],
];

/** Below `clusterAgent` of the chart. */
export const CLUSTER_AGENT: Verdicts = [
  [why.SCALING, ['metricsProvider']],
  [why.ADMISSION, ['admissionController']],
  [VARIABLES, ['env', 'envFrom', 'envDict']],
  [why.INSIDE, ['kubernetesApiserverCheck']],
];
