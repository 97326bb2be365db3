import { child, itemsOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import { changedTo, impossible, judge, passOver, type Verdict } from '../core/verdicts.ts';
import { readClients, tenantOf } from './clients.ts';
import type { LogContext, MachineLogs } from './context.ts';
import { readLogJob } from './job.ts';
import { readStages } from './stages.ts';
import { readPodStep } from './pods.ts';
import type { LogsRead } from './read.ts';
import { readSettings } from './settings.ts';

type Verdicts = readonly (readonly [verdict: Verdict, keys: readonly string[]])[];

const TEXT = impossible(
  'it is YAML in a text, whose lines are not counted here: save it as `promtail.yaml`, jobs below `scrape_configs`, and import that with `--as promtail`',
);
const PODS = impossible(
  'where and how pods run is for a patch below `clusters/<name>/patches/alloy`; names of fields are those of Kubernetes',
);

const VERDICTS: Verdicts = [
  [
    changedTo('Alloy on the nodes', 'Promtail goes: Alloy comes with the stack, on every node'),
    [
      ...['enabled', 'nameOverride', 'fullnameOverride', 'namespace', 'global', 'rbac', 'podSecurityPolicy'],
      ...['serviceAccount', 'service', 'secret', 'configmap', 'daemonset', 'deployment', 'updateStrategy', 'image'],
      ...['serviceMonitor', 'networkPolicy', 'httpPathPrefix', 'sidecar', 'enableServiceLinks', 'loki'],
      ...['livenessProbe', 'readinessProbe', 'podSecurityContext', 'containerSecurityContext', 'securityContext'],
      ...['defaultVolumes', 'defaultVolumeMounts', 'volumes', 'volumeMounts', 'automountServiceAccountToken'],
      ...['config/enabled', 'config/logLevel', 'config/logFormat', 'config/serverPort', 'config/lokiAddress'],
    ],
  ],
  [
    changedTo('base/alloy', 'Alloy runs on every node, also on those that take no other pods'),
    ['tolerations', 'priorityClassName'],
  ],
  [
    PODS,
    [
      ...['resources', 'nodeSelector', 'affinity', 'annotations', 'podAnnotations', 'podLabels', 'hostAliases'],
      ...['initContainer', 'initContainers', 'extraContainers', 'extraVolumes', 'extraVolumeMounts', 'extraArgs'],
      ...['extraCommandlineArgs', 'extraEnv', 'extraEnvFrom', 'env', 'imagePullSecrets', 'hostNetwork'],
    ],
  ],
  [
    impossible('nothing of the stack listens for syslog and its like: an Alloy of your own does, see `ingest.senders`'),
    ['extraPorts', 'syslogService'],
  ],
  [impossible('objects of others are for a folder of your own'), ['extraObjects']],
  [
    TEXT,
    [
      ...['config/file', 'config/snippets/extraScrapeConfigs', 'config/snippets/scrapeConfigs'],
      ...['config/snippets/extraServerConfigs', 'config/snippets/extraLimitsConfig'],
    ],
  ],
  [
    changedTo('collected by Alloy already', 'there are no jobs on the nodes, and so no label of them'),
    ['config/snippets/addScrapeJobLabel'],
  ],
  [impossible('the programs of the stack send traces of their own nowhere'), ['config/enableTracing']],
];

/** Where the chart has had lists of stages and of jobs. */
const STAGES = [['config', 'snippets', 'pipelineStages'], ['config', 'pipelineStages'], ['pipelineStages']] as const;
const STEPS = [
  ['config', 'snippets', 'common'],
  ['config', 'snippets', 'extraRelabelConfigs'],
] as const;
const JOBS = ['scrapeConfigs', 'extraScrapeConfigs'] as const;

/** Values of the chart of Promtail, alone or in another chart: what runs on the nodes of a cluster. */
export function readPromtailChart(values: SourceNode, context: LogContext): LogsRead {
  const { ledger } = context;
  judge(values, VERDICTS, ledger);
  passOver(values, ['config'], ledger);
  const config = child(values, 'config');
  if (config !== undefined) readSettings(config, context);
  for (const path of STAGES) readStages(child(values, ...path), context);
  for (const path of STEPS) for (const rule of itemsOf(child(values, ...path))) readPodStep(rule, context);
  const logs: MachineLogs = { files: [], events: [], labelled: [], journal: false };
  const senders = JOBS.flatMap((key) => itemsOf(child(values, key)).flatMap((job) => readLogJob(job, context, logs)));
  judge(values, [[TEXT, JOBS.filter((key) => child(values, key)?.kind === 'scalar')]], ledger);
  const { labels, host } = readClients(chartClients(values), context);
  return { senders, machine: undefined, labels, host };
}

function chartClients(values: SourceNode | undefined): readonly SourceNode[] {
  return itemsOf(child(values, 'config', 'clients'));
}

/** The tenant that the chart lets lines be written as. */
export function chartTenant(values: SourceNode | undefined): SourceNode | undefined {
  return tenantOf(chartClients(values));
}
