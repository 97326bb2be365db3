import type { Findings } from './finding.ts';
import type { Component } from './scope.ts';

interface Visit {
  readonly component: Component;
  readonly order: number;
  lowest: number;
  next: number;
  onStack: boolean;
}

/**
 * Finds components that wait for each other: Alloy refuses them. One finding for each knot, at the first
 * reference that goes round. (Tarjan's strongly connected components, without calling itself.)
 */
export function checkCycles(components: readonly Component[], findings: Findings): void {
  const visits = new Map<Component, Visit>();
  const stack: Visit[] = [];
  for (const start of components) {
    if (visits.has(start)) continue;
    const path = [enter(start, visits, stack)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const edge = visit.component.refersTo[visit.next];
      visit.next += 1;
      if (edge === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) parent.lowest = Math.min(parent.lowest, visit.lowest);
        if (visit.lowest === visit.order) report(leave(visit, stack), findings);
        continue;
      }
      const target = visits.get(edge.target);
      if (target === undefined) path.push(enter(edge.target, visits, stack));
      else if (target.onStack) visit.lowest = Math.min(visit.lowest, target.order);
    }
  }
}

function enter(component: Component, visits: Map<Component, Visit>, stack: Visit[]): Visit {
  const visit = { component, order: visits.size, lowest: visits.size, next: 0, onStack: true };
  visits.set(component, visit);
  stack.push(visit);
  return visit;
}

function leave(root: Visit, stack: Visit[]): readonly Component[] {
  const knot: Component[] = [];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    top.onStack = false;
    knot.push(top.component);
    if (top === root) break;
  }
  return knot;
}

const mostNamed = 8;

function report(knot: readonly Component[], findings: Findings): void {
  const within = new Set(knot);
  const first = knot.toSorted((left, right) => left.block.span.start - right.block.span.start)[0];
  const edge = first?.refersTo.find(({ target }) => within.has(target));
  if (first === undefined || edge === undefined || (knot.length === 1 && edge.target !== first)) return;
  const round = shortestRound(first, within).map(({ id }) => id);
  const shown = round.length > mostNamed ? [...round.slice(0, mostNamed - 1), '…', first.id] : round;
  const message = round.length === 2 ? `\`${first.id}\` refers to itself` : `a circle: ${shown.join(' -> ')}`;
  findings.add('alloy-reference-cycle', edge.reference.span, message, 'Alloy loads no configuration with a circle');
}

/** From a component back to itself, both ends included. */
function shortestRound(first: Component, within: ReadonlySet<Component>): readonly Component[] {
  const cameFrom = new Map<Component, Component>();
  const queue = [first];
  for (const component of queue) {
    for (const { target } of component.refersTo) {
      if (target === first) {
        const round = [first];
        for (let at: Component | undefined = component; at !== undefined && at !== first; at = cameFrom.get(at))
          round.push(at);
        return [first, ...round.toReversed()];
      }
      if (!within.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, component);
      queue.push(target);
    }
  }
  return [first];
}
