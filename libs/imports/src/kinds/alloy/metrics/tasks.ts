import { openLedger, type Ledger } from '../../../core/ledger.ts';
import type { Drafted } from '../../../core/draft.ts';
import { namer } from '../../../core/names.ts';
import { leavesOf, type SourceNode } from '../../../core/node.ts';
import type { Component } from '../modules/scope.ts';

/** What becomes sources, or does not, as a whole. */
export interface Task {
  /** Its own node, for lines; and what is said of all of it is said of that. */
  readonly whole: SourceNode;
  readonly uses: readonly Component[];
  /** Values that only lead from one component to the next. */
  readonly links: readonly SourceNode[];
  /** What is lent to it by something that is not part of it. */
  readonly lent: readonly SourceNode[];
  readonly read: (ledger: Ledger, name: (wanted: string) => string) => readonly Drafted[];
}

/**
 * Reads each, where components may be part of several. What is not possible is read first, so that of what is shared
 * that is said in the end which came along.
 */
export function run(tasks: readonly Task[], ledger: Ledger, name: (wanted: string) => string): readonly Drafted[] {
  const uses = new Map<Component, number>();
  const leaves = new Map<SourceNode, number>();
  for (const task of tasks) {
    for (const component of new Set(task.uses)) uses.set(component, (uses.get(component) ?? 0) + 1);
    // Rounds of a loop have the leaves of its template in common.
    for (const leaf of new Set(task.uses.flatMap(({ node }) => [...leavesOf(node)])))
      leaves.set(leaf, (leaves.get(leaf) ?? 0) + 1);
  }
  const shared = new Set([
    ...[...leaves].flatMap(([leaf, count]) => (count > 1 ? [leaf] : [])),
    ...tasks.flatMap(({ lent }) => lent.flatMap((node) => [...leavesOf(node)])),
  ]);
  const own = (task: Task): readonly SourceNode[] =>
    task.uses.filter((component) => uses.get(component) === 1).map(({ node }) => node);
  const comes = tasks.map((task) => task.read(openLedger(), namer()).length);
  for (const [index, task] of tasks.entries())
    if (comes[index] === 0) task.read(without(partLedger(task, own(task), shared, ledger)), namer());
  return tasks.flatMap((task, index) => {
    if (comes[index] === 0) return [];
    const parts = own(task);
    const several = (comes[index] ?? 0) > 1;
    const drafted = task.read(partLedger(task, parts, several ? 'all' : shared, ledger), name);
    const [first] = drafted;
    for (const link of task.links)
      ledger.carried(
        link,
        several || shared.has(link) || first === undefined ? 'ingest.sources' : `ingest.sources[${first.value.name}]`,
      );
    return drafted.map((one) =>
      one.origin === task.whole
        ? { ...one, origin: originOf(task.whole, parts.length > 0 ? parts : [task.whole]) }
        : one,
    );
  });
}

/** What is refused with the entry: nothing that another one has, too. */
function originOf({ file, line, path }: SourceNode, parts: readonly SourceNode[]): SourceNode {
  return { kind: 'list', file, line, path, items: parts };
}

/** A reading that comes to nothing needs no secret. */
function without(ledger: Ledger): Ledger {
  return { ...ledger, secret: (_, key) => key };
}

function partLedger(
  task: Task,
  parts: readonly SourceNode[],
  shared: ReadonlySet<SourceNode> | 'all',
  ledger: Ledger,
): Ledger {
  const all = (node: SourceNode | undefined): readonly (SourceNode | undefined)[] =>
    node === task.whole ? [node, ...task.links, ...parts] : [node];
  const ofAll = (node: SourceNode | undefined, to: string): string =>
    node !== undefined && (shared === 'all' || [...leavesOf(node)].some((leaf) => shared.has(leaf)))
      ? to.replace(/^ingest\.sources\[[^\]]*\]/, 'ingest.sources[]')
      : to;
  return {
    ...ledger,
    carried: (node, to) => {
      for (const one of all(node)) ledger.carried(one, ofAll(one, to));
    },
    changed: (node, to, how) => {
      for (const one of all(node)) ledger.changed(one, ofAll(one, to), how);
    },
    impossible: (node, why) => {
      for (const one of all(node)) ledger.impossible(one, why);
    },
    abandoned: (node, why) => {
      for (const one of all(node)) if (one !== undefined) ledger.abandoned(one, why);
    },
    secret: (node, key, to, ...rest) => ledger.secret(node, key, ofAll(node, to), ...rest),
  };
}
