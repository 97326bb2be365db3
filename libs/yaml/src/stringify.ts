import { keyText, scalarDocument, scalarText, type YamlScalar } from './scalar.ts';

/** A value that YAML can say without tags. */
export type YamlValue = YamlScalar | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

export interface StringifyOptions {
  /** Lines put as comments before everything else. */
  readonly header?: readonly string[];
  /** Comments by path, keys joined by `/`, a `/` in a key as `~1`: `{ 'limits_config/retention_period': 'spec.retention.logs' }`. */
  readonly comments?: Readonly<Record<string, string>>;
}

/**
 * One YAML document for people and for YAML 1.1 readers (Kubernetes, Kustomize and the Go programs):
 * strings that YAML 1.1 would read as a boolean, number or base-60 time are quoted; keys keep the
 * order in which they were written; `undefined` values are left out.
 *
 * @throws Error when a comment names a path that is not in the value, so that no reason gets lost.
 */
export function stringify(value: YamlValue, options: StringifyOptions = {}): string {
  const notes = notesOf(value, options.comments ?? {});
  const body = isScalar(value) ? scalarDocument(value) : `${block(value, '', notes)}\n`;
  const header = (options.header ?? []).map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('');
  // The blank line keeps a comment on the first key apart from the header.
  return header === '' ? body : `${header}\n${body}`;
}

/** Comments by the steps of their paths. */
interface Notes {
  /** Lines above a key or an item. */
  text?: string;
  readonly below: Map<string, Notes>;
}

function notesOf(value: YamlValue, comments: Readonly<Record<string, string>>): Notes {
  const notes: Notes = { below: new Map() };
  for (const [path, text] of Object.entries(comments)) {
    let node: YamlValue | undefined = value;
    let note = notes;
    for (const key of path.split('/').map((step) => step.replaceAll('~1', '/'))) {
      node = child(node, key);
      if (node === undefined) throw new Error(`comment for '${path}': there is no '${key}'`);
      const next = note.below.get(key) ?? { below: new Map() };
      note.below.set(key, next);
      note = next;
    }
    note.text = text;
  }
  return notes;
}

function child(value: YamlValue, key: string): YamlValue | undefined {
  if (isScalar(value)) return undefined;
  if (isList(value)) return value[Number(key)];
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** In block style. Its first line stands without the indentation: whoever asks has something to put before it. */
function block(value: YamlValue, indent: string, notes?: Notes): string {
  if (isScalar(value)) return scalarText(value, indent);
  const deeper = `${indent}  `;
  const lines: string[] = [];
  if (isList(value)) {
    value.forEach((item, index) => {
      const note = notes?.below.get(String(index));
      comment(lines, note);
      lines.push(`- ${block(item, deeper, note)}`);
    });
    return lines.length === 0 ? '[]' : lines.join(`\n${indent}`);
  }
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    const note = notes?.below.get(key);
    comment(lines, note);
    const name = keyText(key, indent);
    // A key too long for one line with its value has a line of its own already.
    const gap = isFilled(entry) && !name.startsWith('? ') ? `\n${deeper}` : ' ';
    lines.push(`${name}${gap}${block(entry, deeper, note)}`);
  }
  return lines.length === 0 ? '{}' : lines.join(`\n${indent}`);
}

function comment(lines: string[], note: Notes | undefined): void {
  if (note?.text !== undefined) lines.push(...note.text.split('\n').map((line) => (line === '' ? '#' : `# ${line}`)));
}

/** True for what takes lines of its own. */
function isFilled(value: YamlValue): boolean {
  if (isScalar(value)) return false;
  return isList(value) ? value.length > 0 : Object.values(value).some((entry) => entry !== undefined);
}

function isScalar(value: YamlValue): value is YamlScalar {
  return typeof value !== 'object' || value === null;
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
