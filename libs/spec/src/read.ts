import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { LineCounter, isAlias, isMap, isScalar, parseAllDocuments, visit, type Document } from 'yaml';

const MAX_BYTES = 2 ** 20;
const MAX_DEPTH = 32;

export interface SourceFile {
  /** Path as messages show it. */
  readonly path: string;
  readonly text: string;
}

export type Read =
  | { readonly ok: true; readonly document: Document.Parsed }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Bytes of a file to text; refuses what is too large, not UTF-8, or holds NUL. */
export function decode(path: string, bytes: Uint8Array): SourceFile | Diagnostic {
  const whole = { file: path, severity: 'error' } as const;
  if (bytes.byteLength > MAX_BYTES) {
    return { ...whole, id: 'file-too-large', message: `the file has ${String(bytes.byteLength)} bytes, more than the 1 MiB a cluster file may have` };
  }
  if (bytes.includes(0)) return { ...whole, id: 'binary-file', message: 'the file is binary: it holds a NUL byte' };
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ...whole, id: 'not-utf8', message: 'the file is not UTF-8 text', help: 'save it as UTF-8' };
  }
}

/**
 * Text to one YAML document with positions, and nothing that a cluster file has no use for: no anchors,
 * tags, merge keys or second document. The cheap scan comes first, since a parser can be made to blow up.
 */
export function read(source: SourceFile): Read {
  const early = scan(source);
  if (early.length > 0) return { ok: false, diagnostics: early };

  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(source.text, { lineCounter, uniqueKeys: true, prettyErrors: false, logLevel: 'silent', merge: false });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (document === undefined || document.contents === null) {
    return { ok: false, diagnostics: [error(source, 'empty-file', 'the file holds no cluster', 0, 0, 'start with `apiVersion: lgtm-fleet/v1`')] };
  }
  const problems = [...document.errors, ...document.warnings].map((problem) => {
    const duplicate = problem.code === 'DUPLICATE_KEY';
    const [start, end] = problem.pos;
    const key = duplicate ? (/^[^\s:]+/.exec(source.text.slice(start)) ?? [''])[0] : '';
    return duplicate
      ? error(source, 'duplicate-key', `the key \`${key}\` stands here a second time`, start, start + key.length, 'keep one of the two')
      : error(source, 'invalid-yaml', sentence(problem.message), start, Math.max(end, start + 1));
  });
  if (second !== undefined) {
    problems.push(error(source, 'second-document', 'a second document begins here', ...markerBefore(source.text, second.range[0]), 'one file describes one cluster'));
  }
  if (problems.length === 0) problems.push(...needless(source, document));
  return problems.length > 0 ? { ok: false, diagnostics: problems } : { ok: true, document };
}

function scan(source: SourceFile): readonly Diagnostic[] {
  const { text } = source;
  if (text.startsWith('\ufeff')) {
    return [error(source, 'byte-order-mark', 'the file starts with a byte order mark', 0, 1, 'save it as UTF-8 without a byte order mark')];
  }
  const carriage = text.indexOf('\r');
  if (carriage >= 0) {
    return [error(source, 'carriage-return', 'the line ends in CRLF', carriage, carriage + 1, 'save the file with LF line ends, as .editorconfig says')];
  }
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const control = /[\u0000-\u0008\u000b-\u001f\u007f]/.exec(text);
  if (control) return [error(source, 'control-character', 'a control character stands here', control.index, control.index + 1)];

  let depth = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset];
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_DEPTH) return [tooDeep(source, offset)];
  }
  // In block style every level is at least one column further in, or one more dash on the same line.
  for (const line of text.matchAll(/^[ ]*((?:[-?:][ ]+)*)/gm)) {
    const [lead, marks = ''] = line;
    if (marks.length / 2 > MAX_DEPTH || lead.length > 8 * MAX_DEPTH) return [tooDeep(source, line.index + lead.length - 1)];
  }
  return [];
}

function tooDeep(source: SourceFile, offset: number): Diagnostic {
  return error(source, 'too-deep', `values are nested deeper than ${String(MAX_DEPTH)} levels`, offset, offset + 1);
}

/** Anchors, aliases and tags: a cluster file needs none, and each has been used to hide or to multiply. */
function needless(source: SourceFile, document: Document.Parsed): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Node(_, node) {
      const range = node.range;
      if (!range || found.length > 20) return;
      const says = isAlias(node) ? 'an alias' : node.anchor !== undefined ? 'an anchor' : node.tag !== undefined && isCustomTag(node.tag) ? 'a tag' : undefined;
      if (says === undefined) return;
      const start = isAlias(node) ? range[0] : Math.max(0, source.text.slice(0, range[0]).search(/[&!][^&!\n]*$/));
      found.push(error(source, 'no-anchors', `${says} is not allowed in a cluster file`, start, isAlias(node) ? range[1] : start + 1, 'write the value out'));
    },
    Map(_, map) {
      for (const pair of map.items) {
        if (isScalar(pair.key) && pair.key.value === '<<' && pair.key.range) {
          found.push(error(source, 'no-anchors', 'a merge key is not allowed in a cluster file', pair.key.range[0], pair.key.range[1], 'write the values out'));
        }
        if (isMap(pair.key) && pair.key.range) found.push(error(source, 'invalid-yaml', 'a key must be text', pair.key.range[0], pair.key.range[0] + 1));
      }
    },
  });
  return found;
}

function isCustomTag(tag: string): boolean {
  return tag !== '' && !tag.startsWith('tag:yaml.org,2002:') && tag !== '!';
}

function markerBefore(text: string, offset: number): [number, number] {
  const marker = Math.max(0, text.lastIndexOf('---', offset));
  return [marker, marker + 3];
}

function sentence(message: string): string {
  const first = (message.split('\n')[0] ?? message).replace(/[.:]$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}

export function error(source: SourceFile, id: string, message: string, start: number, end: number, help?: string): Diagnostic {
  return { id, severity: 'error', message, file: source.path, span: { start, end }, ...(help === undefined ? {} : { help }) };
}
