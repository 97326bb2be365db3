import { positionAt, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { isNode, isScalar, parseAllDocuments, visit, Scalar, type Document, type Pair, type YAMLMap } from 'yaml';
import { scan } from './scan.ts';
import { syntax } from './syntax.ts';
import { error, type SourceFile } from './source.ts';

export type Read =
  | { readonly ok: true; readonly document: Document.Parsed }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Text to one YAML document with positions, and nothing that a cluster file has no use for. The cheap scan
 * comes first, since a parser can be made to blow up.
 */
export function read(source: SourceFile): Read {
  const early = scan(source);
  if (early.length > 0) return { ok: false, diagnostics: early };

  // Duplicate keys are looked for below: the parser would compare each key with each.
  const documents = parseAllDocuments(source.text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    merge: false,
  });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (document === undefined || (document.contents === null && document.errors.length === 0)) {
    return {
      ok: false,
      diagnostics: [
        error(source, 'empty-file', 'the file holds no cluster', 0, 1, 'start with `apiVersion: lgtm-fleet/v1`'),
      ],
    };
  }
  // One wrong character makes a parser complain of all that follows: its first complaint is the useful one.
  const [first] = [...document.errors, ...document.warnings].toSorted((left, right) => left.pos[0] - right.pos[0]);
  if (first !== undefined) return { ok: false, diagnostics: [syntax(source, first)] };
  const problems = keys(source, document);
  if (second !== undefined)
    problems.push(
      error(
        source,
        'second-document',
        'a second document begins here',
        ...markerBefore(source.text, second.range[0]),
        'one file describes one cluster',
      ),
    );
  return problems.length > 0 ? { ok: false, diagnostics: problems } : { ok: true, document };
}

/** Keys that are there twice or are no words, and numbers that programs read differently. */
function keys(source: SourceFile, document: Document.Parsed): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Map(_, map) {
      found.push(...keysOf(source, map));
    },
    Scalar(_, scalar) {
      const written = scalar.source ?? '';
      if (scalar.type !== Scalar.PLAIN || typeof scalar.value !== 'number' || !scalar.range || DECIMAL.test(written))
        return;
      const says = `\`${written}\` is a number that programs read differently`;
      found.push(
        error(
          source,
          'ambiguous-number',
          says,
          scalar.range[0],
          scalar.range[1],
          'write it as a plain decimal number, or in quotes if text is meant',
        ),
      );
    },
  });
  return found;
}

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;

function keysOf(source: SourceFile, map: YAMLMap): Diagnostic[] {
  const seen = new Map<string, number>();
  return map.items.flatMap((pair: Pair) => {
    const { key } = pair;
    if (!isScalar(key) || typeof key.value !== 'string' || !key.range) {
      const [start, end] = (isNode(key) ? key.range : undefined) ?? map.range ?? [0, 1];
      const template = source.text.startsWith('{{', start - 1);
      return [
        error(
          source,
          'invalid-key',
          template ? 'a template is no text: `{{` opens a map in a map' : 'a key must be a word',
          start,
          isScalar(key) ? Math.max(end, start + 1) : start + 1,
          template ? 'write the value out; a cluster file is no template' : undefined,
        ),
      ];
    }
    const [start, end] = key.range;
    if (key.value === '__proto__') return [error(source, 'invalid-key', '`__proto__` cannot be a key', start, end)];
    if (key.value === '<<')
      return [
        error(source, 'merge-key', 'a merge key is not allowed in a cluster file', start, end, 'write the values out'),
      ];
    const first = seen.get(key.value);
    if (first !== undefined)
      return [
        error(
          source,
          'duplicate-key',
          `the key \`${key.value}\` stands here a second time`,
          start,
          end,
          `keep this one or the one in line ${String(positionAt(source.text, first).line)}`,
        ),
      ];
    seen.set(key.value, start);
    return [];
  });
}

function markerBefore(text: string, offset: number): [number, number] {
  const marker = Math.max(0, text.lastIndexOf('---', offset));
  return [marker, marker + 3];
}
