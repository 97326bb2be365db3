import { child, entriesOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { impossible, type Verdict } from '../../../core/verdicts.ts';
import { documentsIn } from '../../../embedded/documents.ts';
import { readAgent } from '../agent/config.ts';
import { readOtlp } from '../agent/otlp.ts';
import * as why from '../agent/reasons.ts';
import { say } from '../agent/say.ts';
import { tagsOf } from '../agent/tags.ts';
import type { Part, ReadDocument } from '../context.ts';
import { readTexts } from './texts.ts';

const EXPLORED = impossible('objects of Kubernetes are not listed live: kube-state-metrics says how they are');
const COLLECTOR = impossible(
  'a collector of OpenTelemetry in the agent goes with it: `alloy-gateway` takes OTLP, and what else that did is for a collector of yours',
);

/** Below `spec.features` of a DatadogAgent. */
const FEATURES: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['logCollection', why.POD_LINES],
  ['apm', why.APM],
  ['asm', why.SECURITY],
  ['cspm', why.SECURITY],
  ['cws', why.SECURITY],
  ['npm', why.FLOWS],
  ['usm', why.FLOWS],
  ['ebpfCheck', why.FLOWS],
  ['tcpQueueLength', why.FLOWS],
  ['oomKill', why.FLOWS],
  ['serviceDiscovery', why.FLOWS],
  ['dynamicInstrumentation', why.FLOWS],
  ['gpu', why.FLOWS],
  ['sbom', why.SBOM],
  ['dogstatsd', why.STATSD],
  ['dataPlane', why.STATSD],
  ['liveProcessCollection', why.PROCESSES],
  ['processDiscovery', why.PROCESSES],
  ['liveContainerCollection', why.PROCESSES],
  ['orchestratorExplorer', EXPLORED],
  ['eventCollection', why.EVENTS],
  ['kubernetesActions', why.EVENTS],
  ['kubeStateMetricsCore', why.INSIDE],
  ['clusterChecks', why.INSIDE],
  ['helmCheck', why.INSIDE],
  [
    'controlPlaneMonitoring',
    impossible(
      'what Kubernetes itself runs is not collected by itself: write a ServiceMonitor for it, which Alloy reads',
    ),
  ],
  ['admissionController', why.ADMISSION],
  ['externalMetricsServer', why.SCALING],
  ['autoscaling', why.SCALING],
  ['prometheusScrape', why.ANNOTATED],
  ['otelCollector', COLLECTOR],
  ['otelAgentGateway', COLLECTOR],
  ['remoteConfiguration', why.AGENT],
]);

const GLOBAL: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['credentials', why.KEY],
  ['clusterAgentToken', why.KEY],
  ['clusterAgentTokenSecret', why.KEY],
  ['site', why.SITE],
  ['endpoint', why.SITE],
  [
    'env',
    impossible(
      'what variables of the environment say of the agent is not read: write it as keys of `datadog.yaml`, and import that too',
    ),
  ],
  [
    'secretBackend',
    impossible(
      'no program fetches secrets for the cluster file: make them as Secrets, by hand or with External Secrets (`secrets.externalSecrets`)',
    ),
  ],
  ...[
    'podLabelsAsTags',
    'podAnnotationsAsTags',
    'nodeLabelsAsTags',
    'namespaceLabelsAsTags',
    'namespaceAnnotationsAsTags',
    'kubernetesResourcesLabelsAsTags',
    'kubernetesResourcesAnnotationsAsTags',
    'checksTagCardinality',
    'originDetectionUnified',
  ].map((key) => [key, why.TAGS] as const),
  ...['containerExclude', 'containerInclude'].map((key) => [key, why.FILTERS] as const),
  ...[
    'registry',
    'logLevel',
    'localService',
    'kubelet',
    'dockerSocketPath',
    'criSocketPath',
    'networkPolicy',
    'commonLabels',
    'useFIPSAgent',
    'fips',
    'containerStrategy',
    'disableNonResourceRules',
    'csi',
    'useVSock',
  ].map((key) => [key, why.AGENT] as const),
]);

/** An object of Datadog's operator that runs agents. */
export const readDatadogAgent: ReadDocument = (object, file, context): Part => {
  const { ledger, cluster } = context;
  for (const key of ['apiVersion', 'kind', 'metadata', 'status'])
    ledger.carried(child(object, key), 'nothing: it is the object around `spec`');
  const spec = child(object, 'spec');
  const global = child(spec, 'global');
  for (const [key, node] of entriesOf(global)) say(node, GLOBAL.get(key), ledger);
  ledger.changed(
    child(global, 'clusterName'),
    'metadata.name',
    `label \`cluster\` of everything is the name of the cluster file, \`${cluster}\``,
  );
  const features = child(spec, 'features');
  for (const [key, node] of entriesOf(features)) off(node, FEATURES.get(key), context.ledger);
  ledger.impossible(
    child(features, 'prometheusScrape', 'additionalConfigs'),
    'pods are found by their annotations alone: write a ServiceMonitor or PodMonitor for these targets',
  );
  readOtlp(child(features, 'otlp'), context);
  const sources = entriesOf(child(spec, 'override')).flatMap(([, override]) => {
    for (const [key, node] of entriesOf(override)) if (RUNS.test(key)) say(node, why.AGENT, ledger);
    ledger.impossible(
      child(override, 'extraChecksd'),
      'checks that are written in Python do not run: serve Prometheus metrics, and name them in a source of kind `static`',
    );
    ledger.impossible(
      child(override, 'extraConfd', 'configMap'),
      'what a ConfigMap holds is not here: lay its files into a folder `conf.d` among the inputs, and import again',
    );
    return readTexts(child(override, 'extraConfd', 'configDataMap'), file, context);
  });
  const labels = entriesOf(child(spec, 'override')).flatMap(([, override]) =>
    entriesOf(child(override, 'customConfigurations')).flatMap(([, custom]) => {
      ledger.impossible(
        child(custom, 'configMap'),
        'what a ConfigMap holds is not here: lay its file among the inputs, and import again',
      );
      const data = child(custom, 'configData');
      if (data === undefined) return [];
      return documentsIn(data, file, ledger).map((document) => readAgent(document, file, context).labels ?? {});
    }),
  );
  return {
    sources,
    labels: Object.assign({}, ...labels, tagsOf([child(global, 'tags')], context)) as Record<string, string>,
  };
};

/** A feature that is switched off says nothing, whatever else it says. */
function off(node: SourceNode, verdict: Verdict | undefined, ledger: Parameters<typeof say>[2]): void {
  if (textOf(child(node, 'enabled')) === 'false') ledger.carried(node, 'nothing: it is switched off');
  else say(node, verdict, ledger);
}

const RUNS =
  /^(?:name|replicas|createPodDisruptionBudget|createRbac|serviceAccountName|serviceAccountAnnotations|image|env|envFrom|containers|volumes|securityContext|priorityClassName|runtimeClassName|affinity|dnsPolicy|dnsConfig|nodeSelector|tolerations|topologySpreadConstraints|annotations|labels|hostNetwork|hostPID|disabled|updateStrategy|celWorkloadExclude)$/;
