import type { Ledger } from '../../../core/ledger.ts';
import { child, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { ALREADY, BY_HAND, OTHER_CLUSTER, readStep } from '../../../logs/pod-steps.ts';
import type { Component } from '../modules/scope.ts';
import { isComputed, isBlock, type BlockNode } from '../syntax/nodes.ts';

/** Lines of pods: Alloy is on every node and reads them all, under labels of its own. */
export function readPods(discovery: Component, rules: readonly BlockNode[], ledger: Ledger): void {
  for (const [key, value] of discovery.node.entries) {
    const name = isBlock(value) ? value.name : key;
    if (key === 'api_server' || key === 'kubeconfig_file') ledger.impossible(value, OTHER_CLUSTER);
    else if (name === 'namespaces' || (name === 'selectors' && !isOfNode(value)))
      ledger.impossible(value, `pods of all namespaces are read: leave some out ${BY_HAND}`);
    else ledger.changed(value, ALREADY, 'every node finds its own pods, and Alloy signs in by its ServiceAccount');
  }
  for (const rule of rules) readStep(rule, ledger);
}

/** The pods of a node are those that its own Alloy asks for: its name is known when that runs. */
function isOfNode(selectors: SourceNode): boolean {
  const field = child(selectors, 'field');
  return child(selectors, 'label') === undefined && (isComputed(field) || /^spec\.nodeName=/.test(textOf(field) ?? ''));
}
