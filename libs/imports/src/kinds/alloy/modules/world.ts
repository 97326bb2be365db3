import type { SourceFile } from '@lgtm-fleet/spec';
import type { Ledger } from '../../../core/ledger.ts';
import { isLeaf, leavesOf, type SourceNode } from '../../../core/node.ts';
import { filesAt } from '../../../core/paths.ts';
import { documentsIn } from '../../../embedded/documents.ts';
import { LOOPBACK_WHY } from '../../../scrape/targets.ts';
import { LOCAL } from '../exporters/reasons.ts';
import type { ComputedNode } from '../syntax/nodes.ts';
import { scalarAt } from './functions.ts';

/** The inputs, and what was worked out of them. */
export interface World {
  /** What is said of a value that was worked out is said of the leaf that it was worked out of. */
  readonly ledger: Ledger;
  readonly fileAt: (path: string, from: string) => SourceFile | undefined;
  /** Text of a file of the inputs, as a value. */
  readonly content: (file: SourceFile, at: SourceNode) => SourceNode;
  /** The documents of a value that is a text of YAML or JSON, or of the file whose content it is. */
  readonly documents: (node: SourceNode) => readonly SourceNode[];
  /** Notes that a node took the place of a leaf. */
  readonly madeOf: (made: SourceNode, leaf: ComputedNode) => void;
  /** A node with the leaves of the file in the place of what was worked out of them. */
  readonly real: <T extends SourceNode>(node: T) => T;
  /** What took the place of leaves. */
  readonly made: ReadonlyMap<ComputedNode, SourceNode>;
}

interface ContentNode {
  readonly content: SourceFile;
}

export function contentOf(node: SourceNode): SourceFile | undefined {
  return 'content' in node ? (node as SourceNode & ContentNode).content : undefined;
}

export function worldOf(files: readonly SourceFile[], own: Ledger): World {
  const real = new Set<SourceNode>();
  const answered = (roots: readonly SourceNode[]): void => {
    for (const root of roots) for (const leaf of leavesOf(root)) real.add(leaf);
  };
  const made = new Map<ComputedNode, SourceNode>();
  const originOf = new Map<SourceNode, ComputedNode>();
  const texts = new Map<SourceNode, readonly SourceNode[]>();
  const toReal = <T extends SourceNode>(node: T): T => realNode(node, originOf) as T;
  const ledger: Ledger = {
    ...mirrored(own, toReal),
    documents: (file) => {
      const found = own.documents(file);
      answered(found);
      return found;
    },
    open: (root) => {
      answered([root]);
      own.open(root);
    },
  };
  return {
    ledger,
    fileAt: (path, from) => filesAt(files, from, path)[0] ?? files.find((file) => file.path === path),
    content: (file, at) => ({ ...scalarAt(at, file.text), content: file }),
    documents: (node) => {
      const file = contentOf(node);
      if (file !== undefined) return ledger.documents(file);
      const found =
        texts.get(node) ??
        documentsIn(
          node,
          files.find(({ path }) => path === node.file),
          ledger,
        );
      texts.set(node, found);
      return found;
    },
    madeOf: (node, leaf) => {
      made.set(leaf, node);
      for (const one of leavesOf(node)) if (!real.has(one)) originOf.set(one, originOf.get(leaf) ?? leaf);
    },
    real: toReal,
    made,
  };
}

function realNode(node: SourceNode, originOf: ReadonlyMap<SourceNode, SourceNode>): SourceNode {
  if (isLeaf(node)) return originOf.get(node) ?? node;
  if (node.kind === 'list') {
    const items = node.items.map((item) => realNode(item, originOf));
    return items.every((item, at) => item === node.items[at]) ? node : { ...node, items };
  }
  if (node.kind === 'scalar') return node;
  const entries = [...node.entries].map(([key, value]) => [key, realNode(value, originOf)] as const);
  if (entries.every(([key, value]) => value === node.entries.get(key))) return node;
  return { ...node, entries: new Map(entries) };
}

/** A ledger in which leaves can stand for another one. */
function mirrored(ledger: Ledger, real: <T extends SourceNode>(node: T) => T): Ledger {
  const realOr = (node: SourceNode | undefined): SourceNode | undefined =>
    node === undefined ? undefined : real(node);
  return {
    ...ledger,
    carried: (node, to) => {
      ledger.carried(realOr(node), to);
    },
    changed: (node, to, how) => {
      ledger.changed(realOr(node), to, how);
    },
    impossible: (node, why) => {
      ledger.impossible(realOr(node), why === LOOPBACK_WHY ? LOCAL : why);
    },
    abandoned: (node, why) => {
      ledger.abandoned(real(node), why);
    },
    secret: (node, ...rest) => ledger.secret(real(node), ...rest),
    forgotten: (node) => {
      ledger.forgotten(real(node));
    },
    settled: (node) => ledger.settled(real(node)),
    outcomeOf: (leaf) => ledger.outcomeOf(real(leaf)),
  };
}
