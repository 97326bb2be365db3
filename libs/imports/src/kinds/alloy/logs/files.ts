import { child, entriesOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { judge } from '../../../core/verdicts.ts';
import { ALREADY } from '../../../logs/pod-steps.ts';
import type { AlloyContext } from '../context.ts';
import type { Machine } from '../machine.ts';
import { targetSets, type TargetSet } from '../metrics/targets.ts';
import type { Component } from '../modules/scope.ts';
import { belongs, readLineRule } from './inputs.ts';
import { OPTIONS } from './options.ts';
import { readPods } from './pods.ts';

/** Files that are read: of pods, which Alloy does on every node, or of a machine. */
export function files(component: Component, machine: Machine, context: AlloyContext): void {
  const { ledger } = context;
  judge(component.node, OPTIONS, ledger);
  for (const set of filesIn(child(component.node, 'targets'), context)) {
    const { from, through, rules, links } = set;
    for (const { name, node } of through) if (name === 'local.file_match') judge(node, OPTIONS, ledger);
    if (from.kind === 'unknown') ledger.impossible(from.node, `${from.why}: say the paths in \`ingest.hosts[].files\``);
    else if (from.kind === 'fixed') named(from.target, set, component, machine, context);
    else if (/^discovery\.kube/.test(from.component.name)) {
      for (const link of links) ledger.changed(link, ALREADY, 'every node reads the files of its own pods');
      readPods(from.component, rules, ledger);
    } else ledger.impossible(from.component.node, 'where files of lines are is said, and not looked up');
  }
}

/** Targets of files, through components that look for them. */
function filesIn(list: SourceNode | undefined, { world }: AlloyContext): readonly TargetSet[] {
  return targetSets(list, world).flatMap((set) => {
    if (set.from.kind !== 'component' || set.from.component.name !== 'local.file_match') return [set];
    const { component } = set.from;
    return targetSets(child(component.node, 'path_targets'), world).map((one) => ({
      ...one,
      rules: [...one.rules, ...set.rules],
      through: [...one.through, component, ...set.through],
      links: [...one.links, ...set.links],
    }));
  });
}

const PATH = /^(?:\/|[A-Za-z]:\\)[^\0-\x1f"`<>|]+$/;

/** A path that the configuration says itself. */
function named(
  target: SourceNode,
  { rules, links }: TargetSet,
  component: Component,
  machine: Machine,
  context: AlloyContext,
): void {
  const { ledger, where, group } = context;
  const path = child(target, '__path__');
  const written = textOf(path);
  if (path === undefined || written === undefined) {
    ledger.impossible(target, 'without `__path__` nothing is read');
    return;
  }
  if (where === 'nodes') {
    if (/^\/var\/log\/(?:pods|containers)\//.test(written))
      ledger.changed(target, ALREADY, 'every node reads the files of its own pods');
    else ledger.impossible(target, ON_NODES);
    return;
  }
  if (!PATH.test(written)) {
    ledger.impossible(target, 'files of a group are said by an absolute path');
    return;
  }
  const to = `ingest.hosts[${group}].files`;
  for (const rule of rules) readLineRule(rule, context);
  for (const link of links) ledger.carried(link, to);
  ledger.carried(path, to);
  ledger.carried(child(target, '__address__'), 'nothing: an address says nothing of a file');
  ledger.impossible(
    child(target, '__path_exclude__'),
    'every file that fits is read: say paths that fit only what you want',
  );
  machine.files.push(written);
  machine.labelled.push({
    labels: entriesOf(target).filter(([key]) => !key.startsWith('__')),
    told: /[*?[{]/.test(written) ? 'filename=~"…"' : `filename="${written.replaceAll('\\', '\\\\')}"`,
  });
  belongs(component, machine, context);
}

const ON_NODES =
  'Alloy on the nodes reads the files of pods alone: make the nodes a group of `ingest.hosts` too, with these `files`';
