import { isObject, manifestOf, text, type Json, type JsonObject } from '@lgtm-fleet/manifests';
import { readYaml } from '@lgtm-fleet/yaml';
import { folderOf } from '../paths.ts';
import type { ConfigFile } from '../view/config-file.ts';
import { parseAllDocuments, type Document } from 'yaml';

/** One YAML document of a file, with the positions of everything in it. */
export interface PositionedDocument {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly value: Json;
}

/** The documents of a file; none of what is too large or no YAML, which other checks report. */
export function positionedDocuments(file: string, content: string): readonly PositionedDocument[] {
  if (!readYaml(content).ok) return [];
  // Keys that stand twice were found before: `yaml` would compare each with each.
  const documents = parseAllDocuments(content, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
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

const ofConfigs = new WeakMap<ConfigFile, PositionedDocument | undefined>();

/** The one document of a configuration file, read once: each of its faults asks for its place. */
export function positionedConfig(config: ConfigFile): PositionedDocument | undefined {
  if (!ofConfigs.has(config)) ofConfigs.set(config, positionedDocuments(config.key, config.text)[0]);
  return ofConfigs.get(config);
}

/** What the build of a folder reads: what is applied last comes first. */
export interface BuildSources {
  readonly documents: readonly PositionedDocument[];
  readonly affixes: Affixes;
}

/** What Kustomize may put before and behind the name of an object. */
export interface Affixes {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** What the kustomization of a folder puts around the names of that folder's own objects. */
  readonly ofFolder: ReadonlyMap<string, { readonly prefix: string; readonly suffix: string }>;
}

/** The affixes that the kustomizations of a build put on names; nothing is one too. */
export function affixesOf(documents: readonly PositionedDocument[]): Affixes {
  const of = (key: string): readonly string[] =>
    [...new Set(['', ...documents.map(({ value }) => text(value, key) ?? '')])].toSorted();
  const ofFolder = new Map(
    documents
      .filter(({ value }) => text(value, 'namePrefix') !== undefined || text(value, 'nameSuffix') !== undefined)
      .map(({ file, value }) => [
        folderOf(file),
        { prefix: text(value, 'namePrefix') ?? '', suffix: text(value, 'nameSuffix') ?? '' },
      ]),
  );
  return { prefixes: of('namePrefix'), suffixes: of('nameSuffix'), ofFolder };
}

/** True where a name in a source may have become a name of a rendered object. */
export function mayBeCalled(source: string, rendered: string, { prefixes, suffixes }: Affixes): boolean {
  return prefixes.some((prefix) => suffixes.some((suffix) => `${prefix}${source}${suffix}` === rendered));
}

/** True where a document may be what became an object. */
export function mayBecome({ file, value }: PositionedDocument, rendered: JsonObject, affixes: Affixes): boolean {
  if (!isObject(value)) return false;
  const [from, to] = [manifestOf(value, ''), manifestOf(rendered, '')];
  if (from === undefined || to === undefined || from.kind !== to.kind) return false;
  if (from.namespace !== '' && to.namespace !== '' && from.namespace !== to.namespace) return false;
  const own = affixes.ofFolder.get(folderOf(file));
  if (own !== undefined && !to.name.includes(`${own.prefix}${from.name}${own.suffix}`)) return false;
  return mayBeCalled(from.name, to.name, affixes);
}
