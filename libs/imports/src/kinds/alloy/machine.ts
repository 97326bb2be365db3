import type { Drafted, YamlMap } from '../../core/draft.ts';
import { fit } from '../../core/durations.ts';
import { child, entriesOf, textOf, textsOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { byHand, type AlloyContext } from './context.ts';
import type { OfMachine } from './metrics/scrapes.ts';
import { metricsWay } from './metrics/onward.ts';

/** What a group of machines reads, gathered over all of a configuration. */
export interface Machine {
  readonly files: string[];
  readonly eventLogs: string[];
  /** Labels of each of its inputs, of which those become the group's that all of them have. */
  readonly labelled: LabelledInput[];
  journal: boolean;
  windows: boolean;
  otlp: boolean;
  interval: string | undefined;
  /** The first component that makes it a group at all. */
  origin: SourceNode | undefined;
  tenant: string | undefined;
}

export interface LabelledInput {
  readonly labels: readonly (readonly [name: string, node: SourceNode])[];
  /** How a query tells what comes from it, where labels are the group's alone. */
  readonly told: string;
}

export function noMachine(): Machine {
  return {
    files: [],
    eventLogs: [],
    labelled: [],
    journal: false,
    windows: false,
    otlp: false,
    interval: undefined,
    origin: undefined,
    tenant: undefined,
  };
}

/** Labels that the collector of a group sets itself. */
const OWN_LABELS = new Set(['cluster', 'job', 'instance', 'filename', 'channel', 'source']);
const OWN_LABEL = 'label `job` is the name of the group, `instance` that of the machine, and a file is `filename`';

const COLLECTED = 'collected by Alloy already';
const COLLECTORS = impossible(
  'what is measured of a machine is the same for every group: leave collectors as they are, or run an exporter of your own',
);

/** What becomes of exporters about the node that an Alloy of a cluster runs on. */
const ON_NODES: ReadonlyMap<string, Verdict> = new Map([
  ['unix', changedTo(COLLECTED, 'node-exporter comes with the stack: job `monitoring/node-exporter`')],
  ['cadvisor', changedTo(COLLECTED, 'every node scrapes its own containers: job `kube-system/cadvisor`')],
  ['self', changedTo(COLLECTED, 'the collectors of the stack are scraped by themselves')],
  ['windows', impossible('Windows nodes run no Alloy of the stack: make them a group of `ingest.hosts`')],
  [
    'process',
    impossible(
      'single processes are not measured: run `process-exporter` as a DaemonSet of your own, with annotations',
    ),
  ],
]);

const ON_MACHINES: ReadonlyMap<string, Verdict> = new Map([
  [
    'cadvisor',
    impossible(
      'containers of Docker are not measured on machines: run cAdvisor beside them, and name it in a source of kind `static`',
    ),
  ],
  [
    'process',
    impossible(
      'single processes are not measured: run `process-exporter` beside them, and name it in a source of kind `static`',
    ),
  ],
]);

/** Exporters about the machine that Alloy runs on. */
export function readMachine(parts: readonly OfMachine[], machine: Machine, context: AlloyContext): void {
  const { ledger, where, group } = context;
  for (const { exporter, scrape, rules, links } of parts) {
    const kind = exporter.name.replace(/^prometheus\.exporter\./, '');
    const verdict = (where === 'nodes' ? ON_NODES : ON_MACHINES).get(kind);
    const nodes = [scrape.node, exporter.node, ...links, ...rules];
    if (verdict !== undefined) {
      for (const node of nodes)
        if (!ledger.settled(node) || node === exporter.node) {
          if (verdict.outcome === 'changed') ledger.changed(node, verdict.to, verdict.how);
          else ledger.impossible(node, verdict.why);
        }
      continue;
    }
    const to = `ingest.hosts[${group}]`;
    for (const node of nodes)
      ledger.changed(node, to, 'a group of machines is measured by itself, without a scrape that says so');
    if (kind === 'self') continue;
    machine.origin ??= exporter.node;
    machine.windows ||= kind === 'windows';
    judge(exporter.node, [[COLLECTORS, [...exporter.node.entries.keys()]]], ledger);
    paceOf(child(scrape.node, 'scrape_interval'), machine, context);
    for (const rule of rules) readRule(rule, machine, context);
    const way = metricsWay(scrape, context.world);
    machine.tenant ??= context.tenantOf(way.store);
    for (const rule of way.rules)
      ledger.impossible(rule, `what a machine sends is kept as it comes; ${byHand('`prometheus.relabel`')}`);
  }
}

function paceOf(node: SourceNode | undefined, machine: Machine, { ledger, group }: AlloyContext): void {
  const fitted = fit(textOf(node), 5, 3600);
  if (fitted === undefined) return;
  const to = `ingest.hosts[${group}].interval`;
  if (fitted.how === undefined) ledger.carried(node, to);
  else ledger.changed(node, to, fitted.how);
  machine.interval ??= fitted.text;
}

/** A step that sets a label to what it says is a label of the group. */
function readRule(rule: SourceNode, machine: Machine, { ledger, group }: AlloyContext): void {
  const target = textOf(child(rule, 'target_label')) ?? '';
  const replacement = child(rule, 'replacement');
  const to = `ingest.hosts[${group}]`;
  if (target === 'instance') ledger.changed(rule, to, 'label `instance` is the name of the machine');
  else if (target === 'job') ledger.changed(rule, to, 'label `job` is the name of the group');
  else if (
    replacement !== undefined &&
    textOf(replacement) !== undefined &&
    textsOf(child(rule, 'source_labels')).length === 0
  ) {
    ledger.carried(rule, `${to}.labels`);
    machine.labelled.push({ labels: [[target, replacement]], told: '' });
  } else
    ledger.impossible(
      rule,
      `labels of what a machine sends are \`instance\`, \`job\` and \`labels\` of \`${to}\`: say there what is so of all`,
    );
}

/** The group with what it reads; none where nothing makes it one. */
export function groupOf(machine: Machine, external: readonly SourceNode[], context: AlloyContext): Drafted | undefined {
  const { group } = context;
  if (machine.origin === undefined) {
    for (const labels of external) context.ledger.carried(labels, 'ingest.sources[].labels');
    return undefined;
  }
  const labels = labelsOf(machine, external, context);
  const value: YamlMap = {
    ...(machine.tenant !== undefined && { tenant: machine.tenant }),
    writer: group,
    ...(machine.windows && { os: 'windows' }),
    count: 1,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(machine.interval !== undefined && machine.interval !== '1m' && { interval: machine.interval }),
    ...(!machine.journal && !machine.windows && { journal: false }),
    ...(machine.windows && { eventLogs: [...new Set(machine.eventLogs)] }),
    ...(machine.files.length > 0 && { files: [...new Set(machine.files)] }),
    ...(machine.otlp && { otlp: true }),
  };
  return {
    value: { name: group, ...value },
    origin: machine.origin,
    open: [
      {
        at: 'count',
        question: 'how many machines run this configuration; it does not say so itself, and the load follows from it',
      },
    ],
  };
}

/** Labels of the group: what everything that it sent had. */
function labelsOf(
  machine: Machine,
  external: readonly SourceNode[],
  { ledger, group, cluster }: AlloyContext,
): Readonly<Record<string, string>> {
  const to = `ingest.hosts[${group}].labels`;
  const found = new Map<string, string>();
  for (const [name, node] of external.flatMap(entriesOf)) {
    const text = textOf(node);
    if (text === undefined) continue;
    if (name === 'cluster')
      ledger.changed(
        node,
        'metadata.name',
        `label \`cluster\` of everything is the name of the cluster file, \`${cluster}\``,
      );
    else if (OWN_LABELS.has(name) || name.startsWith('__')) ledger.changed(node, to, OWN_LABEL);
    else {
      ledger.carried(node, to);
      found.set(name, text);
    }
  }
  const logs = machine.labelled.filter(({ told }) => told !== '');
  for (const { labels, told } of machine.labelled)
    for (const [name, node] of labels) {
      const text = textOf(node);
      if (text === undefined) continue;
      const everywhere =
        told === '' ||
        logs.every((input) => input.labels.some(([own, value]) => own === name && textOf(value) === text));
      if (OWN_LABELS.has(name) || name.startsWith('__'))
        ledger.changed(node, to, told === '' ? OWN_LABEL : `${OWN_LABEL}; ask for \`{${told}}\``);
      else if (everywhere && (found.get(name) ?? text) === text) {
        ledger.carried(node, to);
        found.set(name, text);
      } else
        ledger.impossible(
          node,
          `labels of a group are on all that it sends: ask for \`{${told}}\`, or make a group for these machines`,
        );
    }
  return Object.fromEntries(found);
}

/** A source with the labels that everything had which the same collector sent; its own win. */
export function withLabels(one: Drafted, external: readonly SourceNode[]): Drafted {
  const said = external.flatMap(entriesOf).flatMap(([name, node]) => {
    const text = textOf(node);
    return text === undefined || OWN_LABELS.has(name) || name.startsWith('__') ? [] : [[name, text] as const];
  });
  if (said.length === 0) return one;
  const { name, tenant, job, labels, ...rest } = one.value;
  return {
    ...one,
    value: {
      name,
      ...(tenant !== undefined && { tenant }),
      ...(job !== undefined && { job }),
      labels: { ...Object.fromEntries(said), ...(labels as Readonly<Record<string, string>> | undefined) },
      ...rest,
    },
  };
}
