import type { SourceFile } from '@lgtm-fleet/spec';
import type { DraftFile } from '../../core/draft.ts';
import { child, entriesOf, itemsOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import { namer } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge } from '../../core/verdicts.ts';
import { groupsFile } from '../../rules/rules.ts';
import { readJob } from '../../scrape/job.ts';
import { ALERTING, REMOTE_READ, REMOTE_WRITE } from '../../scrape/reasons.ts';
import { retentionOf } from '../prometheus/elsewhere.ts';
import { globals } from '../prometheus/globals.ts';
import type { Part } from './context.ts';
import type { Verdicts } from './verdicts.ts';

const VERDICTS: Verdicts = [
  [
    changedTo('the stack', 'the store of metrics is `metrics.store`, and Alloy collects'),
    [
      'enabled',
      'isDefault',
      'url',
      'datasource',
      'rbac',
      'serviceAccounts',
      'server',
      'configmapReload',
      'networkPolicy',
    ],
  ],
  [
    changedTo('the stack', 'it comes with the stack'),
    ['nodeExporter', 'prometheus-node-exporter', 'kubeStateMetrics', 'kube-state-metrics'],
  ],
  [impossible(ALERTING), ['alertmanager', 'alertmanagerFiles', 'alertRelabelConfigs', 'server/alertmanagers']],
  [
    impossible('nothing takes what short jobs push: let them push by OTLP to `alloy-gateway`'),
    ['pushgateway', 'prometheus-pushgateway'],
  ],
  [impossible(REMOTE_WRITE), ['server/remoteWrite']],
  [impossible(REMOTE_READ), ['server/remoteRead']],
  [impossible('how people and programs come in is said once: `exposure`'), ['server/ingress', 'server/route']],
  [
    impossible(
      'where and how pods run is for a patch below `clusters/<name>/patches/<component>`; names of fields are those of Kubernetes',
    ),
    [
      ...['nodeSelector', 'tolerations', 'affinity', 'podAnnotations', 'podLabels', 'extraArgs', 'extraFlags', 'env'],
      ...['extraVolumes', 'extraVolumeMounts', 'extraInitContainers', 'sidecarContainers', 'priorityClassName'],
    ].map((key) => `server/${key}`),
  ],
  [
    impossible(
      'it is YAML in a text, whose lines are not counted here: save it below `scrape_configs` of a `prometheus.yml`, and import that with `--as prometheus`',
    ),
    ['extraScrapeConfigs'],
  ],
];

/** Keys of `serverFiles` that are files of rules. */
const RULES = ['alerting_rules.yml', 'recording_rules.yml', 'alerts', 'rules'] as const;

interface PrometheusContext {
  readonly ledger: Ledger;
  readonly cluster: string;
  readonly ruleName: (wanted: string) => string;
}

/** Values of the chart of Prometheus within this one. */
export function readPrometheusChart(values: SourceNode, file: SourceFile, context: PrometheusContext): Part {
  const { ledger, cluster } = context;
  judge(values, VERDICTS, ledger);
  const global = child(values, 'server', 'global');
  for (const [, node] of entriesOf(global)) ledger.forgotten(node);
  const { scrapeInterval, defaults, labels, evaluationInterval } = globals(global, cluster, ledger);
  const retention = retentionOf(child(values, 'server', 'retention'), ledger);
  const files = child(values, 'serverFiles');
  const main = child(files, 'prometheus.yml');
  const name = namer();
  const jobs = itemsOf(child(main, 'scrape_configs'));
  const sources = jobs.flatMap((job) =>
    readJob(job, { ledger, name, defaults, filesAt: () => [], modules: undefined }),
  );
  ledger.carried(child(main, 'rule_files'), 'nothing: rules are loaded through the gateway');
  const rules = RULES.flatMap((key): readonly DraftFile[] => {
    const node = child(files, key);
    const groups = child(node, 'groups');
    if (groups === undefined || itemsOf(groups).length === 0) {
      ledger.carried(node, 'nothing: there are no rules in it');
      return [];
    }
    const path = `rules/${context.ruleName(key.replace(/\.yml$/, ''))}.yaml`;
    return [{ ...groupsFile(groups, file, { ledger, interval: evaluationInterval }), path }];
  });
  return {
    spec: {
      ...(scrapeInterval !== undefined && { load: { metrics: { scrapeInterval } } }),
      ...(retention !== undefined && { retention: { metrics: retention } }),
    },
    labels,
    sources,
    files: rules,
  };
}
