import type { Drafted } from '../../../core/draft.ts';
import type { Ledger } from '../../../core/ledger.ts';
import { child, itemsOf, textOf } from '../../../core/look.ts';
import type { MapNode, SourceNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import { readJob } from '../../../scrape/job.ts';
import { byHand, type AlloyContext } from '../context.ts';
import { exporters, OF_MACHINE } from '../exporters/index.ts';
import type { Component } from '../modules/scope.ts';
import { blocksOf, type BlockNode } from '../syntax/nodes.ts';
import { readExported } from './exported.ts';
import { jobOf } from './job.ts';
import { metricsWay, type MetricsWay } from './onward.ts';
import { targetSets, type TargetSet } from './targets.ts';
import { run, type Task } from './tasks.ts';
import { tidied, withIdentity } from './tidied.ts';

/** What the scrapes of a configuration become. */
export interface Scraped {
  readonly sources: readonly Drafted[];
  /** Exporters about the machine, with the scrape that asks them and the steps on their targets. */
  readonly machine: readonly OfMachine[];
}

export interface OfMachine {
  readonly exporter: Component;
  readonly scrape: Component;
  readonly rules: readonly BlockNode[];
  readonly links: readonly SourceNode[];
}

export function readScrapes(context: AlloyContext): Scraped {
  const machine: OfMachine[] = [];
  const budget = { left: MOST };
  const tasks = context.components
    .filter(({ name }) => name === 'prometheus.scrape')
    .flatMap((scrape) => tasksOf(scrape, context, machine, budget));
  return { sources: run(tasks, context.ledger, context.name), machine };
}

/** Of all scrapes together; modules in modules can make more of it than anybody can read. */
const MOST = 20_000;

function tasksOf(
  scrape: Component,
  context: AlloyContext,
  machine: OfMachine[],
  budget: { left: number },
): readonly Task[] {
  const { ledger, world, tenantOf } = context;
  const way = metricsWay(scrape, world);
  const tenant = tenantOf(way.store);
  aside(scrape, way, context);
  const sets = targetSets(child(scrape.node, 'targets'), world);
  budget.left -= sets.length;
  if (budget.left < 0) {
    ledger.impossible(scrape.node, `only ${MOST} targets of a configuration are read`);
    return [];
  }
  for (const { from } of sets)
    if (from.kind === 'unknown') ledger.impossible(from.node, `${from.why}: name the targets in a source`);
  const known = sets.filter(({ from }) => from.kind !== 'unknown');
  const own = known.filter(({ from }) => !isOfMachine(from));
  for (const { from, rules, links } of known)
    if (from.kind === 'component' && isOfMachine(from))
      machine.push({ exporter: from.component, scrape, rules, links });
  if (known.length === 0) ledger.abandoned(scrape.node, `\`${scrape.id}\`: no target of it is left`);
  const groups = [...Map.groupBy(own, groupKey).values()];
  return groups.map((group): Task => {
    const [first] = group;
    const exporter = group.map(exporterOf).find((component) => component !== undefined);
    const inside = group.every(isInside);
    const metricRules = [...way.rules, ...storeRules(way.store)];
    if (inside) keptInside(metricRules, context);
    const job = jobOf({
      scrape,
      sets: exporter === undefined ? group : [],
      rules: first?.rules ?? [],
      metricRules: inside ? [] : metricRules,
    });
    const wanted = nameOf(scrape, group, groups.length);
    return {
      whole: job,
      uses: [...new Set([scrape, ...group.flatMap(usedBy), ...(inside ? [] : way.through)])],
      links: group.flatMap(({ links }) => links),
      lent: storeRules(way.store),
      read: (part, name) => {
        const drafted =
          exporter === undefined
            ? readJobs({ scrape, job, wanted }, context, part, name)
            : readOne(exporter, job, context, part, name);
        withoutAddress(group, part);
        return drafted.map((one) => ofTenant(tidied(one), tenant));
      },
    };
  });
}

/** The label of a component is the better name of a source than its whole id, which stays the job. */
function nameOf(scrape: Component, group: readonly TargetSet[], groups: number): string {
  const found = group.flatMap(({ from }) => (from.kind === 'component' ? [from.component.label] : []));
  const [only] = found;
  const own = scrape.label === 'default' ? (only ?? scrape.label) : scrape.label;
  return groups === 1 || only === undefined || own === only ? own : `${own}-${only}`;
}

/** Labels of a target that is none say nothing. */
function withoutAddress(group: readonly TargetSet[], ledger: Ledger): void {
  for (const { from } of group) {
    if (from.kind !== 'fixed') continue;
    const address = child(from.target, '__address__');
    if (address === undefined) ledger.impossible(from.target, 'it has no `__address__`');
    else if (ledger.outcomeOf(address) === 'impossible') ledger.abandoned(from.target, 'its address is no target');
  }
}

function isOfMachine(from: TargetSet['from']): boolean {
  return from.kind === 'component' && OF_MACHINE.has(from.component.name.replace(/^prometheus\.exporter\./, ''));
}

function exporterOf({ from }: TargetSet): Component | undefined {
  return from.kind === 'component' && from.component.name.startsWith('prometheus.exporter.')
    ? from.component
    : undefined;
}

/** What Kubernetes finds is collected already, and takes nothing else with it. */
function isInside({ from }: TargetSet): boolean {
  return from.kind === 'component' && /^discovery\.kube/.test(from.component.name);
}

/** What becomes one: targets that are named and go the same way, and each list or exporter by itself. */
function groupKey(set: TargetSet): string {
  const ids = set.through.map(({ id, node }) => `${node.file}:${node.line}:${id}`);
  const own = set.from.kind === 'component' && !isInside(set) ? set.from.component.id : '';
  return JSON.stringify([own, isInside(set), ids]);
}

function usedBy({ from, through }: TargetSet): readonly Component[] {
  return [...(from.kind === 'component' ? [from.component] : []), ...through];
}

interface NamedJob {
  readonly scrape: Component;
  readonly job: MapNode;
  readonly wanted: string;
}

function readJobs(
  { scrape, job, wanted: own }: NamedJob,
  { world }: AlloyContext,
  ledger: Ledger,
  name: (wanted: string) => string,
): readonly Drafted[] {
  const jobName = textOf(child(job, 'job_name')) ?? '';
  const drafted = readJob(job, {
    ledger,
    name: (wanted) => name(wanted === jobName && jobName === scrape.id ? own : wanted),
    defaults: {},
    filesAt: (pattern) => {
      const file = world.fileAt(pattern, scrape.node.file);
      return file === undefined ? [] : [file];
    },
    modules: undefined,
  });
  return drafted.map((one) => withIdentity(one, job, ledger));
}

function readOne(
  exporter: Component,
  job: MapNode,
  { world }: AlloyContext,
  ledger: Ledger,
  name: (wanted: string) => string,
): readonly Drafted[] {
  const kind = exporter.name.replace(/^prometheus\.exporter\./, '');
  const read = exporters.get(kind);
  if (read !== undefined) return readExported({ exporter, read, job, world }, ledger, name);
  ledger.impossible(
    job,
    `no kind of source asks what \`${exporter.name}\` does: run that exporter as a program of its own, and name it in a source of kind \`static\``,
  );
  return [];
}

function ofTenant(one: Drafted, tenant: string | undefined): Drafted {
  if (tenant === undefined) return one;
  const { name, ...rest } = one.value;
  return { ...one, value: { name, tenant, ...rest } };
}

/** Steps of the store that this stack takes the place of, where they are of one endpoint alone. */
function storeRules(store: Component | undefined): readonly BlockNode[] {
  const endpoints = store === undefined ? [] : blocksOf(store.node, 'endpoint');
  const [only] = endpoints;
  return endpoints.length === 1 && only !== undefined ? blocksOf(only, 'write_relabel_config') : [];
}

const PLAN = changedTo('the collector', 'how much it remembers follows from the plan');

/** What a scrape says that no job of Prometheus does, and what is beside its way. */
function aside(scrape: Component, { through, others, store }: MetricsWay, { ledger }: AlloyContext): void {
  judge(
    scrape.node,
    [
      [changedTo('the collector', 'replicas share their targets, each of which is asked once'), ['clustering']],
      [
        impossible('the type and unit of a metric are metadata, and no labels'),
        ['honor_metadata', 'enable_type_and_unit_labels'],
      ],
      [changedTo('the collector', 'it asks for every format that it knows'), ['enable_protobuf_negotiation']],
    ],
    ledger,
  );
  for (const { node, name } of [...through, ...others]) {
    judge(node, [[PLAN, ['max_cache_size', 'cache_ttl']]], ledger);
    if (name === 'prometheus.enrich')
      ledger.impossible(node, 'series get labels by `metricRelabel`, and not from other targets');
  }
  for (const { node, id } of others)
    if (itemsOf(child(node, 'forward_to')).length > 0 && !ledger.settled(node))
      ledger.impossible(node, `series go to this stack alone, and what \`${id}\` makes of them goes elsewhere`);
  if (store === undefined)
    ledger.changed(
      child(scrape.node, 'forward_to'),
      'the gateway of the stack',
      'series go to the store of this stack',
    );
}

function keptInside(rules: readonly BlockNode[], { ledger }: AlloyContext): void {
  for (const rule of rules)
    if (!ledger.settled(rule))
      ledger.impossible(
        rule,
        `what Alloy collects in the cluster is kept as it comes: drop metrics with \`metricRelabelings\` of a monitor; ${byHand('`prometheus.relabel`')}`,
      );
}
