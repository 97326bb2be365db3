import { isObject, manifestOf, text, type Json, type JsonObject } from '@lgtm-fleet/manifests';
import { parseAllDocuments, type Document } from 'yaml';

/** One YAML document of a file, with the positions of everything in it. */
export interface PositionedDocument {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly value: Json;
}

const MAX_CHARACTERS = 1024 * 1024;

/** The documents of a file; none of what is too large or no YAML, which other checks report. */
export function positionedDocuments(file: string, content: string): readonly PositionedDocument[] {
  if (content.length > MAX_CHARACTERS) return [];
  const documents = parseAllDocuments(content);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    if (document.errors.length > 0) return [];
    try {
      return [{ file, document, value: document.toJS({ maxAliasCount: 20 }) as Json }];
    } catch {
      return [];
    }
  });
}

/** What Kustomize may put before and behind the name of an object. */
export interface Affixes {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
}

/** The affixes that the kustomizations of a build put on names; nothing is one too. */
export function affixesOf(documents: readonly PositionedDocument[]): Affixes {
  const of = (key: string): readonly string[] =>
    [...new Set(['', ...documents.map(({ value }) => text(value, key) ?? '')])].toSorted();
  return { prefixes: of('namePrefix'), suffixes: of('nameSuffix') };
}

/** True where a name in a source may have become a name of a rendered object. */
export function mayBeCalled(source: string, rendered: string, { prefixes, suffixes }: Affixes): boolean {
  return prefixes.some((prefix) => suffixes.some((suffix) => `${prefix}${source}${suffix}` === rendered));
}

/** True where a document of a source may be what became an object. */
export function mayBecome(source: Json, rendered: JsonObject, affixes: Affixes): source is JsonObject {
  if (!isObject(source)) return false;
  const [from, to] = [manifestOf(source, ''), manifestOf(rendered, '')];
  if (from === undefined || to === undefined || from.kind !== to.kind) return false;
  if (from.namespace !== '' && to.namespace !== '' && from.namespace !== to.namespace) return false;
  return mayBeCalled(from.name, to.name, affixes);
}
