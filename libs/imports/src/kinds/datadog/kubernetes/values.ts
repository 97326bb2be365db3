import { child, entriesOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { readAgent } from '../agent/config.ts';
import { readOtlp } from '../agent/otlp.ts';
import * as why from '../agent/reasons.ts';
import { say } from '../agent/say.ts';
import { tagsOf } from '../agent/tags.ts';
import type { DatadogContext, ReadDocument } from '../context.ts';
import { readFolders, readTexts } from './texts.ts';
import { CLUSTER_AGENT, DATADOG, type Verdicts } from './verdicts.ts';

/** Values of the chart of Datadog. */
export const readValues: ReadDocument = (document, file, context) => {
  const { ledger, cluster } = context;
  const values =
    child(document, 'datadog', 'datadog') === undefined ? document : (child(document, 'datadog') ?? document);
  const own = child(values, 'datadog');
  for (const [key, node] of entriesOf(values))
    if (!['datadog', 'clusterAgent', 'agents'].includes(key) && OTHER.test(key)) say(node, why.AGENT, ledger);
  judge(own, DATADOG, context);
  ledger.changed(
    child(own, 'clusterName'),
    'metadata.name',
    `label \`cluster\` of everything is the name of the cluster file, \`${cluster}\``,
  );
  ledger.impossible(
    child(own, 'prometheusScrape', 'additionalConfigs'),
    'pods are found by their annotations alone: write a ServiceMonitor or PodMonitor for these targets',
  );
  say(child(own, 'apm', 'instrumentation'), why.ADMISSION, ledger);
  readOtlp(child(own, 'otlp'), context);
  agentOf(child(values, 'clusterAgent'), CLUSTER_AGENT, context);
  agentOf(child(values, 'agents'), [], context);
  const custom = child(values, 'agents', 'customAgentConfig');
  const config = custom === undefined ? { labels: {} } : (ledger.forgotten(custom), readAgent(custom, file, context));
  const sources = [
    ...readTexts(child(own, 'confd'), file, context),
    ...readTexts(child(values, 'clusterAgent', 'confd'), file, context),
    ...readFolders(child(values, 'clusterAgent', 'advancedConfd'), file, context),
  ];
  return { sources, labels: { ...config.labels, ...tagsOf([child(own, 'tags')], context) } };
};

const OTHER =
  /^(?:global|nameOverride|fullnameOverride|kubeVersionOverride|targetSystem|commonLabels|registry|registryMigrationMode|existingClusterAgent|useFIPSAgent|fips|clusterChecksRunner|operator|datadog-crds|kube-state-metrics|providers|remoteConfiguration|otelAgentGateway)$/;

function judge(from: SourceNode | undefined, verdicts: Verdicts, { ledger }: DatadogContext): void {
  for (const [verdict, keys] of verdicts) for (const key of keys) say(child(from, key), verdict, ledger);
}

/** How one of the agents runs, which goes with it. */
function agentOf(agent: SourceNode | undefined, verdicts: Verdicts, context: DatadogContext): void {
  const own = new Set(['confd', 'advancedConfd', 'customAgentConfig', ...verdicts.flatMap(([, keys]) => keys)]);
  for (const [key, node] of entriesOf(agent)) if (!own.has(key) && RUNS.test(key)) say(node, why.AGENT, context.ledger);
  judge(agent, verdicts, context);
}

const RUNS =
  /^(?:enabled|image|command|token|tokenExistingSecret|replicas|revisionHistoryLimit|rbac|podSecurity|securityContext|containers|resources|priority\w*|nodeSelector|tolerations|affinity|topologySpreadConstraints|healthPort|\w+Probe|strategy|updateStrategy|\w*[aA]nnotations|podLabels|additionalLabels|instanceLabelOverride|useHostNetwork|dnsConfig|volumes|volumeMounts|datadog_cluster_yaml|createPodDisruptionBudget|pdb|networkPolicy|useConfigMap|localService|lifecycle|terminationGracePeriodSeconds|shareProcessNamespace|privateActionRunner|container(?:Exclude|Include)|celWorkloadExclude)$/;

/** Whether a document is values of the chart. */
export function isValues(document: SourceNode): boolean {
  const own = child(document, 'datadog', 'datadog') ?? child(document, 'datadog');
  const known = [
    'apiKey',
    'apiKeyExistingSecret',
    'clusterName',
    'logs',
    'apm',
    'confd',
    'site',
    'tags',
    'dogstatsd',
    'processAgent',
  ];
  return (
    known.some((key) => child(own, key) !== undefined) ||
    (child(document, 'clusterAgent') !== undefined && textOf(child(document, 'kind')) === undefined)
  );
}
