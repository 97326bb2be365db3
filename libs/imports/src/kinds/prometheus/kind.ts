import type { Draft, ImportKind, Inputs } from '../../core/draft.ts';
import { child, itemsOf } from '../../core/look.ts';
import { namer } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { filesAt } from '../../core/paths.ts';
import { LOAD_RULES } from '../../rules/advice.ts';
import { ruleFiles } from '../../rules/rules.ts';
import type { ScrapeContext } from '../../scrape/context.ts';
import { readJob } from '../../scrape/job.ts';
import { globals } from './globals.ts';
import { elsewhere } from './elsewhere.ts';
import { mainFile, modulesIn } from './files.ts';

/** A configuration of Prometheus 2 or 3, alone or in a folder with what it refers to. */
export const prometheus: ImportKind = {
  name: 'prometheus',
  description: 'prometheus.yml, or a folder with it, its rule files, target files and blackbox.yml',
  read: (inputs) => {
    const main = mainFile(inputs.files);
    const [root] = main === undefined ? [] : inputs.ledger.documents(main);
    if (main === undefined || root === undefined)
      return {
        spec: {},
        advice:
          main === undefined
            ? [
                'no file among the inputs is a configuration of Prometheus: `scrape_configs`, `global` or `rule_files` at its top',
              ]
            : [],
      };
    return draftOf(root, main.path, inputs);
  },
};

function draftOf(root: SourceNode, main: string, inputs: Inputs): Draft {
  const { ledger, files, cluster } = inputs;
  const global = globals(child(root, 'global'), cluster, ledger);
  const at = (pattern: string) => filesAt(files, main, pattern);
  const context: ScrapeContext = {
    ledger,
    name: namer(),
    defaults: global.defaults,
    filesAt: at,
    modules: modulesIn(files, ledger),
  };
  const jobs = [child(root, 'scrape_configs'), ...included(child(root, 'scrape_config_files'), at, inputs)].flatMap(
    itemsOf,
  );
  const rules = ruleFiles(child(root, 'rule_files'), { ledger, filesAt: at, interval: global.evaluationInterval });
  const retention = elsewhere(root, ledger);
  return {
    spec: {
      ...(global.scrapeInterval !== undefined && { load: { metrics: { scrapeInterval: global.scrapeInterval } } }),
      ...(retention !== undefined && { retention: { metrics: retention } }),
      ...(rules.length > 0 && { metrics: { store: 'mimir' } }),
    },
    labels: global.labels,
    comments: rules.length > 0 ? { 'metrics/store': 'Prometheus as a store evaluates no rules' } : {},
    sources: jobs.flatMap((job) => readJob(job, context)),
    files: rules,
    advice: adviceOf(retention !== undefined, rules.length > 0),
  };
}

function included(
  list: SourceNode | undefined,
  at: (pattern: string) => Inputs['files'],
  { ledger }: Inputs,
): readonly (SourceNode | undefined)[] {
  return itemsOf(list).flatMap((node) => {
    const files = at(node.kind === 'scalar' ? String(node.value) : '');
    if (files.length === 0)
      ledger.impossible(node, 'no such file is among the inputs: lay it beside the configuration and import again');
    else ledger.carried(node, 'ingest.sources');
    return files.flatMap((file) => ledger.documents(file).map((document) => child(document, 'scrape_configs')));
  });
}

function adviceOf(retention: boolean, rules: boolean): readonly string[] {
  return [
    'Where the stack runs, and where its data lie: `kubernetes.nodes`, `kubernetes.storageClass`, `objectStorage`, `exposure`. The draft is one node with its own volumes',
    ...(retention
      ? []
      : [
          'How long metrics are kept: `retention.metrics`. Prometheus was told by its flag `--storage.tsdb.retention.time`, 15d unless said; the draft keeps them for 30d',
        ]),
    'How many series there are: `load.metrics.activeSeries` is an estimate by the number of targets. Ask the running Prometheus for `prometheus_tsdb_head_series`, and write what it says',
    'A scrape with more than 40 labels on a series, a name of more than 256 or a value of more than 2048 characters is refused, unless `limits` of the source say otherwise: Prometheus has no limits by itself',
    ...(rules ? [LOAD_RULES] : []),
  ];
}
