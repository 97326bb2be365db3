import { Document, isMap, isPair, isScalar, isSeq, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';

/** A value that YAML can say without tags. */
export type YamlValue =
  string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

export interface StringifyOptions {
  /** Lines put as comments before everything else. */
  readonly header?: readonly string[];
  /** Comments by path, keys joined by `/`, a `/` in a key as `~1`: `{ 'limits_config/retention_period': 'spec.retention.logs' }`. */
  readonly comments?: Readonly<Record<string, string>>;
}

/** One document serves all calls: making its schema costs more than writing a small value. */
const scratch = new Document(null, { compat: 'yaml-1.1' });
// No value has a tag or an anchor, so none has to be looked for.
scratch.setSchema(null, { schema: scratch.schema });

/**
 * One YAML document for people and for YAML 1.1 readers (Kubernetes, Kustomize and the Go programs):
 * strings that YAML 1.1 would read as a boolean, number or base-60 time are quoted; keys keep the
 * order in which they were written; `undefined` values are left out.
 *
 * @throws Error when a comment names a path that is not in the value, so that no reason gets lost.
 */
export function stringify(value: YamlValue, options: StringifyOptions = {}): string {
  const body = bodyOf(value, options.comments ?? {});
  const header = (options.header ?? []).map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('');
  // The blank line keeps a comment on the first key apart from the header.
  return header === '' ? body : `${header}\n${body}`;
}

/** Clusters of a fleet have most documents in common, and writing one costs ten times as much as finding it. */
const written = new Map<string, string>();
const MOST_WRITTEN = 20_000;

function bodyOf(value: YamlValue, comments: Readonly<Record<string, string>>): string {
  // JSON leaves undefined out, as YAML does here, and keeps the order of keys.
  const key = JSON.stringify([value, comments]);
  const known = written.get(key);
  if (known !== undefined) return known;
  const document = scratch;
  document.contents = nodeOf(value);
  for (const [path, text] of Object.entries(comments)) comment(document, path, text);
  const body = document.toString({ lineWidth: 0, indentSeq: true });
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(key, body);
  return body;
}

/** What `Document.createNode` makes, without asking at every value which of all tags is its own. */
function nodeOf(value: YamlValue): Node {
  if (typeof value !== 'object' || value === null) return new Scalar(value);
  if (isList(value)) {
    const list = new YAMLSeq<Node>();
    for (const item of value) list.items.push(nodeOf(item));
    return list;
  }
  const map = new YAMLMap<Node, Node>();
  for (const [key, entry] of Object.entries(value))
    if (entry !== undefined) map.items.push(new Pair<Node, Node>(new Scalar(key), nodeOf(entry)));
  return map;
}

/** `Array.isArray` does not tell the compiler of read-only lists. */
function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

export interface CommentedValue {
  readonly value: YamlValue;
  readonly comments?: Readonly<Record<string, string>>;
}

/** Several documents in one file, parted by `---`, under one header. */
export function stringifyAll(values: readonly CommentedValue[], header: readonly string[] = []): string {
  return values
    .map((value, index) =>
      stringify(value.value, {
        ...(index === 0 && { header }),
        ...(value.comments !== undefined && { comments: value.comments }),
      }),
    )
    .join('---\n');
}

function comment(document: Document, path: string, text: string): void {
  const lines = text
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
  let node: unknown = document.contents;
  let target: Pair | Node | undefined;
  for (const key of path.split('/').map((step) => step.replaceAll('~1', '/'))) {
    if (isMap(node))
      target = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
    else if (isSeq(node)) target = node.items[Number(key)] as Node | undefined;
    else target = undefined;
    if (target === undefined) throw new Error(`comment for '${path}': there is no '${key}'`);
    node = isPair(target) ? target.value : target;
  }
  const commented = isPair(target) ? (target.key as Node) : target;
  if (commented !== undefined) commented.commentBefore = lines;
}
