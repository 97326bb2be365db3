import type { SourceFile } from '@lgtm-fleet/spec';
import type { Draft, Drafted, ImportKind, Inputs, YamlMap } from '../../core/draft.ts';
import { namer } from '../../core/names.ts';
import { owned } from '../../hosts/pushed.ts';
import { adviceOf } from './advice.ts';
import { noMachine, type DatadogContext, type Where } from './context.ts';
import { readFile } from './files.ts';

/** What Datadog's agents are told: on machines, in a cluster, and what was made of it at Datadog. */
export const datadog: ImportKind = {
  name: 'datadog',
  description:
    'datadog.yaml, or a folder with it and its conf.d; values of the chart, a DatadogAgent; dashboards and monitors as the API gives them',
  read: (inputs) => {
    const where = whereOf(inputs.files);
    const name = namer();
    const context: DatadogContext = {
      ...inputs,
      where,
      group: name('machines'),
      name,
      machine: noMachine(),
      sampled: { percent: undefined },
    };
    const parts = inputs.files.flatMap((file) => readFile(file, context));
    const group = groupOf(context);
    const { spec, comments, advice, ...entries } = owned([], {
      sources: parts.flatMap(({ sources = [] }) => sources),
      hosts: group === undefined ? [] : [group],
    });
    return {
      spec: { ...spec, ...samplingOf(context) },
      labels: Object.assign({}, ...parts.map(({ labels = {} }) => labels)) as Record<string, string>,
      comments,
      ...entries,
      advice: [...adviceOf(context, inputs), ...advice],
    } satisfies Draft;
  },
};

const IN_CLUSTER = /(?:^|\n)\s*kind:\s*DatadogAgent\b|(?:^|\n)datadog:\s*(?:\n|$)|(?:^|\n)clusterAgent:/;

/** Values of a chart and objects are of a cluster; files of the agent alone are of machines. */
function whereOf(files: Inputs['files']): Where {
  const isOfCluster = ({ path, text }: SourceFile): boolean => /\.ya?ml$/.test(path) && IN_CLUSTER.test(text);
  return files.some(isOfCluster) ? 'nodes' : 'machine';
}

function samplingOf({ sampled: { percent } }: DatadogContext): YamlMap {
  return percent === undefined ? {} : { traces: { sampling: { head: `${percent}%` } } };
}

/** The group with what it reads; none where nothing makes it one. */
function groupOf({ machine, group, ledger }: DatadogContext): Drafted | undefined {
  const { origin, labels, windows, journal, files, eventLogs, otlp } = machine;
  if (origin === undefined) return undefined;
  const isOwn = (path: string): boolean => path.startsWith('/') !== windows;
  for (const { path, node } of files)
    if (!isOwn(path))
      ledger.impossible(node, 'it is a file of another system: import machines of each system by themselves');
  const paths = [...new Set(files.map(({ path }) => path).filter(isOwn))];
  return {
    value: {
      name: group,
      writer: group,
      ...(windows && { os: 'windows' }),
      count: 1,
      ...(labels.size > 0 && { labels: Object.fromEntries(labels) }),
      ...(!journal && !windows && { journal: false }),
      ...(windows && { eventLogs: [...new Set(eventLogs)] }),
      ...(paths.length > 0 && { files: paths }),
      ...(otlp && { otlp: true }),
    },
    origin,
    open: [
      {
        at: 'count',
        question:
          'how many machines run an agent with these files; they do not say so themselves, and the load follows from it',
      },
    ],
  };
}
