import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { positionAt } from '@lgtm-fleet/diagnostics';
import type { SecretKey, SourceFile } from '@lgtm-fleet/spec';
import { documentsOf } from './documents.ts';
import { formatPath, leavesOf, type SourceNode } from './node.ts';

/**
 * What became of a leaf. `unknown`: no code of the importer has looked at it, which is how nothing can be dropped
 * in silence.
 */
export type Outcome = 'carried' | 'changed' | 'impossible' | 'unknown';

/** What was said of a node, and so of every leaf below it that nothing later was said of. */
export interface Mark {
  readonly outcome: Exclude<Outcome, 'unknown'>;
  /** As it was marked: `scrape_configs[3].static_configs[0]`. */
  readonly path: string;
  /** Where it went: `ingest.sources[node].interval`. */
  readonly to?: string;
  /** How it was changed, or why it is not possible and what to do. Between backquotes stands code. */
  readonly note?: string;
}

/** One leaf of one input. */
export interface Entry {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly outcome: Outcome;
  readonly mark?: Mark;
}

/** A value that is not in the draft: who runs the cluster puts it there. */
export interface NeededSecret extends SecretKey {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly namespace: string;
  /** What it is: `the password of basic_auth`. */
  readonly what: string;
}

/**
 * Accounts for every leaf of every input. Marks may be given to a leaf or to everything below a node; of several for
 * one leaf the last counts, so what is said of a whole comes before what is said of its parts. Where there is no
 * node, nothing is said.
 */
export interface Ledger {
  /** Reads a file of YAML or JSON, once, and answers for its leaves; of one that cannot be read, there is none. */
  readonly documents: (file: SourceFile) => readonly SourceNode[];
  /** Answers for the leaves of what was read in another way. */
  readonly open: (root: SourceNode) => void;
  /** Answers for a file as a whole, as one leaf: a dashboard, or what is not read any further. */
  readonly whole: (file: SourceFile) => SourceNode;
  /** A file, or its part, that cannot be read. */
  readonly refuse: (fault: Diagnostic, text: string) => void;
  readonly carried: (node: SourceNode | undefined, to: string) => void;
  readonly changed: (node: SourceNode | undefined, to: string, how: string) => void;
  readonly impossible: (node: SourceNode | undefined, why: string) => void;
  /** `impossible` for every leaf below that is not so already, where the rest of something cannot be without a part. */
  readonly abandoned: (node: SourceNode, why: string) => void;
  /** As `changed`: the value stays out, and the reference that takes its place is given back. */
  readonly secret: (node: SourceNode, key: SecretKey, to: string, what: string, namespace?: string) => SecretKey;
  /** Takes back what was said of a whole, for a part that is read by itself. */
  readonly forgotten: (node: SourceNode) => void;
  /** Whether anything has been said of all leaves at or below a node. */
  readonly settled: (node: SourceNode) => boolean;
  readonly outcomeOf: (leaf: SourceNode) => Outcome;
  readonly entries: () => readonly Entry[];
  readonly faults: () => readonly Diagnostic[];
  /** Files of which anything was said, or whose leaves are answered for. */
  readonly files: () => ReadonlySet<string>;
  readonly secrets: () => readonly NeededSecret[];
}

export function openLedger(): Ledger {
  const roots: SourceNode[] = [];
  const known = new Map<string, readonly SourceNode[]>();
  const marks = new Map<SourceNode, Mark>();
  const faults: Diagnostic[] = [];
  const secrets: { readonly node: SourceNode; readonly secret: NeededSecret }[] = [];

  const mark = (node: SourceNode | undefined, said: Omit<Mark, 'path'>): void => {
    if (node === undefined) return;
    const whole = { ...said, path: formatPath(node.path) };
    for (const leaf of leavesOf(node)) marks.set(leaf, whole);
  };
  const outcomeOf = (leaf: SourceNode): Outcome => marks.get(leaf)?.outcome ?? 'unknown';
  const leafOfFile = (file: string, line: number): SourceNode => {
    const leaf: SourceNode = { kind: 'scalar', file, line, path: [], value: null, written: '' };
    roots.push(leaf);
    return leaf;
  };
  const refuse = (fault: Diagnostic, text: string): void => {
    faults.push(fault);
    const { line } = positionAt(text, fault.span?.start ?? 0);
    mark(leafOfFile(fault.file, line), { outcome: 'impossible', note: `cannot be read: ${fault.message}` });
  };

  return {
    documents: (file) => {
      const before = known.get(file.path);
      if (before !== undefined) return before;
      const read = documentsOf(file);
      const documents = read.ok ? read.documents : [];
      known.set(file.path, documents);
      if (!read.ok) refuse(read.fault, file.text);
      else if (documents.length === 0)
        mark(leafOfFile(file.path, 1), { outcome: 'carried', to: 'nothing: the file is empty' });
      roots.push(...documents);
      return documents;
    },
    open: (root) => {
      roots.push(root);
    },
    whole: ({ path }) => leafOfFile(path, 1),
    refuse,
    carried: (node, to) => {
      mark(node, { outcome: 'carried', to });
    },
    changed: (node, to, how) => {
      mark(node, { outcome: 'changed', to, note: how });
    },
    impossible: (node, why) => {
      mark(node, { outcome: 'impossible', note: why });
    },
    abandoned: (node, note) => {
      const whole: Mark = { outcome: 'impossible', note, path: formatPath(node.path) };
      for (const leaf of leavesOf(node)) if (outcomeOf(leaf) !== 'impossible') marks.set(leaf, whole);
    },
    forgotten: (node) => {
      for (const leaf of leavesOf(node)) marks.delete(leaf);
    },
    secret: (node, { secret, key }, to, what, namespace = 'monitoring') => {
      const { file, line } = node;
      mark(node, {
        outcome: 'changed',
        to,
        note: `${what}, which stays out of git: put it into key \`${key}\` of Secret \`${secret}\`, namespace \`${namespace}\``,
      });
      secrets.push({ node, secret: { secret, namespace, key, file, line, path: formatPath(node.path), what } });
      return { secret, key };
    },
    settled: (node) => [...leavesOf(node)].every((leaf) => marks.has(leaf)),
    outcomeOf,
    entries: () =>
      roots.flatMap((root) =>
        [...leavesOf(root)].map((leaf): Entry => {
          const said = marks.get(leaf);
          const { file, line, path } = leaf;
          return {
            file,
            line,
            path: formatPath(path),
            outcome: said?.outcome ?? 'unknown',
            ...(said !== undefined && { mark: said }),
          };
        }),
      ),
    faults: () => faults,
    files: () => new Set(roots.map(({ file }) => file)),
    // What is not carried over needs no secret.
    secrets: () =>
      secrets
        .filter(({ node }) => [...leavesOf(node)].some((leaf) => outcomeOf(leaf) === 'changed'))
        .map(({ secret }) => secret),
  };
}
