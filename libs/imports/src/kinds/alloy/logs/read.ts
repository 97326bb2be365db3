import { child } from '../../../core/look.ts';
import { isLeaf } from '../../../core/node.ts';
import { changedTo, judge } from '../../../core/verdicts.ts';
import { ALREADY } from '../../../logs/pod-steps.ts';
import type { AlloyContext } from '../context.ts';
import type { Machine } from '../machine.ts';
import { targetSets } from '../metrics/targets.ts';
import type { Component } from '../modules/scope.ts';
import { blocksOf } from '../syntax/nodes.ts';
import { files } from './files.ts';
import { events, journal, readLineRule } from './inputs.ts';
import { OPTIONS } from './options.ts';
import { outsideWhy } from './outside.ts';
import { readPods } from './pods.ts';
import { readStages } from './stages.ts';

/** Says of everything that is about lines what becomes of it, and gathers what a group of machines reads. */
export function readLogs(machine: Machine, context: AlloyContext): void {
  for (const component of context.components) {
    const why = outsideWhy(component.name, context.where);
    if (why === undefined) readComponent(component, machine, context);
    else context.ledger.impossible(component.node, why);
  }
}

const REMEMBERS = changedTo('the collector', 'how much it remembers follows from the plan');

function readComponent(component: Component, machine: Machine, context: AlloyContext): void {
  const { name, node } = component;
  const { ledger, where } = context;
  switch (name) {
    case 'loki.source.file':
      files(component, machine, context);
      return;
    case 'loki.source.kubernetes':
      pods(component, context);
      return;
    case 'loki.source.podlogs':
      for (const [key, value] of node.entries)
        if (key !== 'forward_to')
          ledger.changed(value, ALREADY, 'the files of all pods are read, with or without an object `PodLogs`');
      if (isLeaf(node)) ledger.changed(node, ALREADY, 'the files of all pods are read');
      return;
    case 'loki.source.journal':
      journal(component, machine, context);
      return;
    case 'loki.source.windowsevent':
      events(component, machine, context);
      return;
    case 'loki.process':
      readStages(node, where, ledger);
      return;
    case 'loki.relabel':
      for (const rule of blocksOf(node, 'rule')) readLineRule(rule, context);
      judge(node, [[REMEMBERS, ['max_cache_size']]], ledger);
      return;
    case 'loki.secretfilter':
      ledger.impossible(
        node,
        'lines are stored as they come: who writes them has to leave out what must not be stored',
      );
      return;
    case 'loki.enrich':
      ledger.impossible(node, 'lines have the labels of where they come from, and no others are looked up');
      return;
    case 'loki.echo':
      ledger.changed(node, 'nothing', 'it only shows lines');
      return;
    default:
  }
}

/** Lines that are asked of the API server. */
function pods({ node }: Component, context: AlloyContext): void {
  const { ledger, world } = context;
  judge(node, OPTIONS, ledger);
  for (const { from, rules, links } of targetSets(child(node, 'targets'), world)) {
    for (const link of links)
      ledger.changed(link, ALREADY, 'lines are read from files of the node, and not from the API server');
    if (from.kind === 'component') readPods(from.component, rules, ledger);
    else ledger.impossible(from.kind === 'fixed' ? from.target : from.node, 'all pods are read, and none is named');
  }
}
