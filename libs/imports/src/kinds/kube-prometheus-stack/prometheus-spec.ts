import { SCRAPE_SECONDS } from '@lgtm-fleet/spec';
import { secondsOf } from '@lgtm-fleet/units';
import { durationText, fit } from '../../core/durations.ts';
import { child, itemsOf, textOf } from '../../core/look.ts';
import { takeBoolean, takeText } from '../../core/take.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge, passOver } from '../../core/verdicts.ts';
import { retentionOf } from '../prometheus/elsewhere.ts';
import { externalLabels } from '../../scrape/external-labels.ts';
import { readJob } from '../../scrape/job.ts';
import { limitsOf } from '../../scrape/options.ts';
import * as reasons from '../../scrape/reasons.ts';
import type { Part, StackContext } from './context.ts';
import { PATCH, PLAN, type Verdicts } from './verdicts.ts';

const MONITORS = changedTo(
  'Alloy',
  'it reads every ServiceMonitor and PodMonitor of the cluster, whatever its labels and namespace: what selectors left out is collected now',
);
const AS_THEY_ARE = impossible('Alloy takes monitors as they are, without what an operator adds to all of them');
const ENFORCED = impossible('tenants have limits: `tenants[].limits`; monitors say their own');
const API = impossible(
  'programs push to the gateway (`ingest.senders`) and query through `exposure.queries`; the admin API is closed',
);

const VERDICTS: Verdicts = [
  [
    PLAN,
    [
      'replicas',
      'shards',
      'resources',
      'walCompression',
      'minReadySeconds',
      'terminationGracePeriodSeconds',
      'podManagementPolicy',
      'updateStrategy',
      'maximumStartupDurationSeconds',
      'disableCompaction',
      'paused',
      'shardingStrategy',
      'shardRetentionPolicy',
      'runtime',
      'reloadStrategy',
      'allowOverlappingBlocks',
      'persistentVolumeClaimRetentionPolicy',
      'storageSpec',
      'query',
      'serviceDiscoveryRole',
      'apiserverConfig',
      'enableFeatures',
      'serviceAccountName',
    ],
  ],
  [
    PATCH,
    [
      'image',
      'version',
      'nodeSelector',
      'tolerations',
      'affinity',
      'podAntiAffinity',
      'podAntiAffinityTopologyKey',
      'topologySpreadConstraints',
      'podMetadata',
      'priorityClassName',
      'securityContext',
      'containers',
      'initContainers',
      'volumes',
      'volumeMounts',
      'secrets',
      'configMaps',
      'hostNetwork',
      'hostUsers',
      'hostAliases',
      'dnsConfig',
      'dnsPolicy',
      'automountServiceAccountToken',
      'enableServiceLinks',
      'schedulerName',
      'serviceName',
      'portName',
      'listenLocal',
      'logLevel',
      'logFormat',
      'additionalArgs',
      'web',
      'imagePullSecrets',
    ],
  ],
  [
    MONITORS,
    [
      'serviceMonitorSelector',
      'serviceMonitorNamespaceSelector',
      'serviceMonitorSelectorNilUsesHelmValues',
      'podMonitorSelector',
      'podMonitorNamespaceSelector',
      'podMonitorSelectorNilUsesHelmValues',
      'ignoreNamespaceSelectors',
    ],
  ],
  [
    changedTo('rules/', 'rules are loaded by tenant: what is among the inputs comes along, whatever its labels'),
    ['ruleSelector', 'ruleNamespaceSelector', 'ruleSelectorNilUsesHelmValues'],
  ],
  [
    changedTo(
      'ingest.sources',
      'Probes and ScrapeConfigs that are among the inputs become sources; Alloy reads none in the cluster',
    ),
    [
      'probeSelector',
      'probeNamespaceSelector',
      'probeSelectorNilUsesHelmValues',
      'scrapeConfigSelector',
      'scrapeConfigNamespaceSelector',
      'scrapeConfigSelectorNilUsesHelmValues',
    ],
  ],
  [
    AS_THEY_ARE,
    [
      'scrapeClasses',
      'podTargetLabels',
      'overrideHonorLabels',
      'overrideHonorTimestamps',
      'enforcedNamespaceLabel',
      'excludedFromEnforcement',
      'prometheusRulesExcludedFromEnforce',
      'arbitraryFSAccessThroughSMs',
    ],
  ],
  [
    ENFORCED,
    [
      'enforcedSampleLimit',
      'enforcedTargetLimit',
      'enforcedLabelLimit',
      'enforcedLabelNameLengthLimit',
      'enforcedLabelValueLengthLimit',
      'enforcedBodySizeLimit',
      'enforcedKeepDroppedTargets',
      'bodySizeLimit',
      'keepDroppedTargets',
    ],
  ],
  [
    API,
    [
      'enableAdminAPI',
      'enableRemoteWriteReceiver',
      'remoteWriteReceiverMessageVersions',
      'enableOTLPReceiver',
      'externalUrl',
      'routePrefix',
    ],
  ],
  [impossible(reasons.OTLP), ['otlp']],
  [
    impossible(reasons.ALERTING),
    [
      'alertingEndpoints',
      'alerting',
      'disableAlerting',
      'additionalAlertManagerConfigs',
      'additionalAlertManagerConfigsSecret',
      'additionalAlertRelabelConfigs',
      'additionalAlertRelabelConfigsSecret',
    ],
  ],
  [impossible(reasons.REMOTE_WRITE), ['remoteWrite', 'additionalRemoteWrite', 'remoteWriteDashboards']],
  [impossible(reasons.REMOTE_READ), ['remoteRead', 'additionalRemoteRead']],
  [impossible(reasons.LATE_SAMPLES), ['tsdb']],
  [impossible(reasons.EXEMPLARS), ['exemplars']],
  [impossible(reasons.BY_AGE), ['retentionSize']],
  [impossible(reasons.TRACING), ['tracingConfig']],
  [impossible(reasons.QUERY_LOG), ['queryLogFile']],
  [impossible(reasons.RULE_OFFSET), ['ruleQueryOffset']],
  [impossible('Mimir keeps blocks in object storage by itself, without Thanos: `objectStorage`'), ['thanos']],
  [
    impossible(
      'the jobs are in a Secret: write what it holds into `scrape_configs` of a file, and import that with `--as=prometheus`',
    ),
    ['additionalScrapeConfigsSecret'],
  ],
  [
    impossible(
      'it is no key of this chart that is known here: take out of it what Prometheus itself is told, and import that with `--as=prometheus`',
    ),
    ['additionalConfig', 'additionalConfigString', 'additionalPrometheusSecretsAnnotations'],
  ],
  [
    changedTo(
      'the collector',
      'Alloy asks for every format that it knows, and names are of letters, digits, `_` and `:`',
    ),
    [
      'scrapeProtocols',
      'nameValidationScheme',
      'nameEscapingScheme',
      'scrapeFailureLogFile',
      'convertClassicHistogramsToNHCB',
      'scrapeClassicHistograms',
    ],
  ],
  [
    impossible('label `cluster` tells clusters apart, and no collector is a copy of another'),
    [
      'prometheusExternalLabelName',
      'prometheusExternalLabelNameClear',
      'replicaExternalLabelName',
      'replicaExternalLabelNameClear',
    ],
  ],
];

/** Keys that are read one by one. */
const READ = [
  ...[
    'scrapeInterval',
    'scrapeTimeout',
    'evaluationInterval',
    'externalLabels',
    'additionalScrapeConfigs',
    'retention',
  ],
  ...['sampleLimit', 'targetLimit', 'labelLimit', 'labelNameLengthLimit', 'labelValueLengthLimit'],
  'scrapeNativeHistograms',
];

/** Seconds: how often the operator scrapes and evaluates unless told otherwise. */
export const USUAL_INTERVAL = 30;

/** `prometheus.prometheusSpec` of the values, and `spec` of an object Prometheus: the operator's words for both. */
export function readPrometheusSpec(spec: SourceNode, context: StackContext): Part {
  const { ledger, cluster, name } = context;
  judge(spec, VERDICTS, ledger);
  passOver(spec, READ, ledger);
  const interval = child(spec, 'scrapeInterval');
  const fitted = fit(textOf(interval), SCRAPE_SECONDS.least, SCRAPE_SECONDS.most);
  if (fitted?.how === undefined)
    ledger.carried(
      textOf(interval) === undefined || fitted !== undefined ? interval : undefined,
      'load.metrics.scrapeInterval',
    );
  else ledger.changed(interval, 'load.metrics.scrapeInterval', fitted.how);
  const timeout = child(spec, 'scrapeTimeout');
  const within = secondsOf(textOf(timeout));
  if (within !== undefined)
    ledger.changed(timeout, 'ingest.sources[].timeout', 'each source has its own; monitors say theirs');
  const evaluation = child(spec, 'evaluationInterval');
  const evaluated = secondsOf(textOf(evaluation));
  if (evaluated !== undefined) ledger.changed(evaluation, 'rules/', 'each group that has no `interval` gets it');
  const retention = retentionOf(child(spec, 'retention'), ledger);
  const claim =
    child(spec, 'storageSpec', 'volumeClaimTemplate', 'spec') ?? child(spec, 'storage', 'volumeClaimTemplate', 'spec');
  const storageClass = takeText(ledger, child(claim, 'storageClassName'), 'kubernetes.storageClass');
  const native = takeBoolean(ledger, child(spec, 'scrapeNativeHistograms'), 'ingest.sources[].nativeHistograms');
  const limits = limitsOf(spec, { ledger, to: 'ingest.sources[]' }, 'camel');
  const jobs = child(spec, 'additionalScrapeConfigs');
  if (jobs?.kind === 'scalar' && textOf(jobs) !== undefined)
    ledger.impossible(
      jobs,
      'it is one text: write its jobs into `scrape_configs` of a file, and import that with `--as=prometheus`',
    );
  const defaults = {
    ...(within !== undefined && { timeout: within }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(native === true && { nativeHistograms: true }),
  };
  return {
    spec: {
      ...(storageClass !== undefined && storageClass !== '' && { kubernetes: { storageClass } }),
      load: { metrics: { scrapeInterval: fitted?.text ?? durationText(USUAL_INTERVAL) } },
      ...(retention !== undefined && { retention: { metrics: retention } }),
    },
    labels: externalLabels(child(spec, 'externalLabels'), cluster, ledger),
    sources: itemsOf(jobs).flatMap((job) =>
      readJob(job, { ledger, name, defaults, filesAt: () => [], modules: undefined }),
    ),
  };
}
