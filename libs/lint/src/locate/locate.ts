import type { Span } from '@lgtm-fleet/diagnostics';
import type { Path } from '@lgtm-fleet/manifests';
import { has, spanOfKey, spanOfValue } from '@lgtm-fleet/spec';
import type { Place } from '../types.ts';
import { configSource } from './config.ts';
import { specPathAbove } from './derived.ts';
import {
  affixesOf,
  positionedConfig,
  positionedDocuments,
  type BuildSources,
  type PositionedDocument,
} from './documents.ts';
import { embeddedSpan } from './embedded.ts';
import { candidateFor } from './manifest.ts';
import { byCloseness, type Sources } from './sources.ts';

export interface Location {
  readonly file: string;
  readonly span?: Span;
  /** True where exactly what was asked for stands there, so that an edit can replace it. */
  readonly exact: boolean;
  /** True where the file is generated, but is not what its cluster file makes of it. */
  readonly edited: boolean;
}

/** Turns places into lines of what a person must edit. Keeps what it has parsed; make one a run. */
export function locator(sources: Sources): (place: Place, derivedFrom?: Path) => Location {
  const parsed = new Map<string, readonly PositionedDocument[]>();
  const documentsOf = (file: string): readonly PositionedDocument[] => {
    const known = parsed.get(file);
    if (known !== undefined) return known;
    const documents = positionedDocuments(file, sources.read(file) ?? '');
    parsed.set(file, documents);
    return documents;
  };
  const ofFolder = new Map<string, BuildSources>();
  const read = (folder: string): BuildSources => {
    const known = ofFolder.get(folder);
    if (known !== undefined) return known;
    const documents = byCloseness(folder, sources.filesOf(folder))
      // What has no kind becomes no object: the configuration files of generators need not be read here.
      .filter(
        (file) => /\.ya?ml$/.test(file) && (/\bkind\b/.test(sources.read(file) ?? '') || /ustomization/.test(file)),
      )
      .flatMap(documentsOf);
    const build = { documents, affixes: affixesOf(documents) };
    ofFolder.set(folder, build);
    return build;
  };

  return (place, derivedFrom) => {
    const written = find(place, { sources, documentsOf, read });
    const generated = sources.generated(written.file);
    if (generated === undefined) return { ...written, edited: false };
    if (generated !== sources.read(written.file)) return { ...written, edited: true };
    // A fresh file says what its cluster file says: that is where a person changes it.
    const cluster = written.file.split('/')[1] ?? '';
    const from = derivedFrom ?? specPathAbove(generated, written.span?.start ?? 0) ?? ['spec'];
    return { ...inDocument(specFile(cluster), documentsOf, from), exact: false, edited: false };
  };
}

interface Lookup {
  readonly sources: Sources;
  readonly documentsOf: (file: string) => readonly PositionedDocument[];
  readonly read: (folder: string) => BuildSources;
}

type Written = Omit<Location, 'edited'>;

function find(place: Place, { sources, documentsOf, read }: Lookup): Written {
  switch (place.in) {
    case 'spec':
      return inDocument(specFile(place.cluster), documentsOf, place.path);
    case 'file':
      return 'span' in place
        ? { file: place.file, span: place.span, exact: true }
        : inDocument(place.file, documentsOf, place.path);
    case 'manifest': {
      const { manifest, path } = place;
      const found = candidateFor(manifest, path, read(manifest.folder));
      if (found === undefined) return { file: `${manifest.folder}/kustomization.yaml`, exact: false };
      const { source, complete } = found;
      return { file: source.file, span: spanOfValue(source.document, found.path), exact: complete };
    }
    case 'config': {
      const { config } = place;
      const { manifest } = config;
      const found = configSource(config, read(manifest.folder));
      if (found === undefined) return { file: `${manifest.folder}/kustomization.yaml`, exact: false };
      if ('file' in found) {
        return 'span' in place
          ? { file: found.file, span: place.span, exact: true }
          : inDocument(found.file, documentsOf, place.path);
      }
      const inner = 'path' in place ? positionedConfig(config) : undefined;
      const span = 'span' in place ? place.span : inner && spanOfValue(inner.document, place.path);
      const { file, document } = found.source;
      const outer = embeddedSpan(sources.read(file) ?? '', document, found.path, span ?? { start: 0, end: 1 });
      return { file, ...(outer !== undefined && { span: outer }), exact: span !== undefined };
    }
  }
}

/** In the first document of a file that has the path; the first of all where none has. */
function inDocument(file: string, documentsOf: Lookup['documentsOf'], path: Path): Written {
  const documents = documentsOf(file);
  const found = documents.find(({ document }) => has(document, path));
  const source = found ?? documents[0];
  if (source === undefined) return { file, exact: false };
  if (found === undefined) return { file, span: spanOfKey(source.document, path), exact: false };
  return { file, span: spanOfValue(source.document, path), exact: true };
}

function specFile(cluster: string): string {
  return `clusters/${cluster}/cluster.yaml`;
}
