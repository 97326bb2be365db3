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
    for (const step of path.split('/')) {
      const key = step.includes('~1') ? step.replaceAll('~1', '/') : step;
      node = child(node, key);
      if (node === undefined) throw new Error(`comment for '${path}': there is no '${key}'`);
      let next = note.below.get(key);
      if (next === undefined) note.below.set(key, (next = { below: new Map() }));
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

/**
 * In block style. Its first line stands without the indentation: whoever asks has something to put before it.
 * Text is only ever added to, never taken apart again, so that each part of it is copied once, when all is there.
 */
function block(value: YamlValue, indent: string, notes?: Notes): string {
  if (isScalar(value)) return scalarText(value, indent);
  const deeper = `${indent}  `;
  let text = '';
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      const note = notes?.below.get(String(index));
      if (index > 0) text += `\n${indent}`;
      text += `${comment(note, indent)}- ${block(item, deeper, note)}`;
    }
    return text === '' ? '[]' : text;
  }
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    const note = notes?.below.get(key);
    const name = keyText(key, indent);
    const below = block(entry, deeper, note);
    // What takes lines of its own begins on the next; a key too long for one line with its value has one already.
    const filled = !isScalar(entry) && below !== '[]' && below !== '{}';
    const gap = filled && !name.startsWith('? ') ? `\n${deeper}` : ' ';
    if (text !== '') text += `\n${indent}`;
    text += `${comment(note, indent)}${name}${gap}${below}`;
  }
  return text === '' ? '{}' : text;
}

function comment(note: Notes | undefined, indent: string): string {
  if (note?.text === undefined) return '';
  return note.text
    .split('\n')
    .map((line) => (line === '' ? `#\n${indent}` : `# ${line}\n${indent}`))
    .join('');
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
