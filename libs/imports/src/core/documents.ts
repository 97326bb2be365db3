import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { SourceFile } from '@lgtm-fleet/spec';
import { readYaml } from '@lgtm-fleet/yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node, type Pair } from 'yaml';
import type { Scalar, SourceNode, Step } from './node.ts';

/** Far above what a person writes. Aliases of aliases grow beyond anything. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 100;

export type Documents =
  { readonly ok: true; readonly documents: readonly SourceNode[] } | { readonly ok: false; readonly fault: Diagnostic };

/**
 * The documents of a file of YAML or JSON, with places. Aliases and merge keys are written out, within bounds; a
 * document without content is none. `yaml` knows places and takes its time: what would cost it seconds does not pass
 * the quick reader before it.
 */
export function documentsOf(source: SourceFile): Documents {
  const quick = readYaml(source.text);
  if (!quick.ok) return { ok: false, fault: fault(source, quick.message, quick.at) };
  const lines = new LineCounter();
  const parsed = parseAllDocuments(source.text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    merge: false,
    lineCounter: lines,
  });
  const documents: SourceNode[] = [];
  const bounds = { nodes: 0 };
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const [first] = document.errors;
    if (first !== undefined)
      return { ok: false, fault: fault(source, `it is not YAML: ${first.message.split('\n')[0] ?? ''}`, first.pos[0]) };
    if (isEmpty(document.contents)) continue;
    // A second document is told apart by its number; the first needs none.
    const path = documents.length === 0 ? [] : [`document ${documents.length + 1}`];
    const reader: Reader = { file: source.path, lines, bounds, anchors: new Map(), active: new Set() };
    const read = nodeOf(document.contents, path, undefined, 0, reader);
    if ('says' in read) return { ok: false, fault: fault(source, read.says, read.at) };
    documents.push(read);
  }
  return { ok: true, documents };
}

/** Between two marks of a document may be nothing. */
function isEmpty(contents: Node | null): contents is null {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}

function fault({ path, text }: SourceFile, message: string, at: number): Diagnostic {
  const start = Math.max(0, Math.min(at, text.length - 1));
  return { id: 'unreadable-input', severity: 'error', message, file: path, span: { start, end: start + 1 } };
}

interface Reader {
  readonly file: string;
  readonly lines: LineCounter;
  readonly bounds: { nodes: number };
  readonly anchors: Map<string, Node>;
  /** What is being read, so that no alias leads into itself. */
  readonly active: Set<Node>;
}

interface Refusal {
  readonly says: string;
  readonly at: number;
}

function nodeOf(
  node: Node,
  path: readonly Step[],
  keyAt: number | undefined,
  depth: number,
  reader: Reader,
): SourceNode | Refusal {
  const { file, bounds, anchors, active, lines } = reader;
  const at = node.range?.[0] ?? 0;
  bounds.nodes += 1;
  if (bounds.nodes > MAX_NODES)
    return { says: `written out, it has more than the ${MAX_NODES} values that are read`, at };
  if (depth > MAX_DEPTH) return { says: 'it nests too deep to be read', at };
  if (isAlias(node)) {
    const target = anchors.get(node.source);
    if (target === undefined) return { says: `there is no anchor \`${node.source}\``, at };
    if (active.has(target)) return { says: `the alias \`${node.source}\` leads into itself`, at };
    return nodeOf(target, path, undefined, depth + 1, reader);
  }
  if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
  const place = { file, line: lines.linePos(keyAt ?? at).line, path };
  if (isScalar(node)) return { kind: 'scalar', ...place, ...scalar(node.value, node.source) };
  active.add(node);
  const read = isMap(node) ? entriesOf(node.items, path, depth, reader) : itemsOf(node, path, depth, reader);
  active.delete(node);
  if ('says' in read) return read;
  return Array.isArray(read)
    ? { kind: 'list', ...place, items: read }
    : { kind: 'map', ...place, entries: read as ReadonlyMap<string, SourceNode> };
}

function scalar(value: unknown, source: string | undefined): { readonly value: Scalar; readonly written: string } {
  const known = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  // Nothing else is made by the schema that reads it; whatever it is, its text stands for it.
  const plain = known ? (value as Scalar) : (source ?? null);
  return { value: plain, written: source ?? String(plain) };
}

function itemsOf(node: Node, path: readonly Step[], depth: number, reader: Reader): readonly SourceNode[] | Refusal {
  const items: SourceNode[] = [];
  for (const [index, item] of (isSeq<Node>(node) ? node.items : []).entries()) {
    const read = nodeOf(item, [...path, index], undefined, depth + 1, reader);
    if ('says' in read) return read;
    items.push(read);
  }
  return items;
}

function entriesOf(
  pairs: readonly Pair[],
  path: readonly Step[],
  depth: number,
  reader: Reader,
): ReadonlyMap<string, SourceNode> | Refusal {
  const own = new Map<string, SourceNode>();
  const merged = new Map<string, SourceNode>();
  for (const { key, value } of pairs) {
    if (!isScalar(key)) {
      const at = isMap(key) || isSeq(key) || isAlias(key) ? (key.range?.[0] ?? 0) : 0;
      return { says: 'a key must be a word', at };
    }
    const at = key.range?.[0] ?? 0;
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    if (name === '<<' && key.type === 'PLAIN') {
      for (const one of isSeq<Node>(value) ? value.items : [value as Node]) {
        const read = nodeOf(one, path, at, depth + 1, reader);
        if ('says' in read) return read;
        if (read.kind !== 'map') return { says: 'a merge key takes a map', at };
        for (const [inner, node] of read.entries) if (!merged.has(inner)) merged.set(inner, node);
      }
      continue;
    }
    const read =
      value === null || value === undefined
        ? nothing([...path, name], at, reader)
        : nodeOf(value as Node, [...path, name], at, depth + 1, reader);
    if ('says' in read) return read;
    own.set(name, read);
  }
  // What is said here wins over what is merged in.
  return merged.size === 0 ? own : new Map([...merged, ...own]);
}

function nothing(path: readonly Step[], at: number, { file, lines }: Reader): SourceNode {
  return { kind: 'scalar', file, line: lines.linePos(at).line, path, value: null, written: '' };
}
