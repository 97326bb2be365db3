import { list, text, withoutHash, type Path } from '@lgtm-fleet/manifests';
import { below, folderOf } from '../paths.ts';
import type { ConfigFile } from '../view/config-file.ts';
import { mayBeCalled, mayBecome, type BuildSources, type PositionedDocument } from './documents.ts';

/** Where the text of a ConfigMap's key is kept: a file of its own, or a scalar of a manifest. */
export type ConfigSource =
  { readonly file: string } | { readonly source: PositionedDocument; readonly path: Path } | undefined;

export function configSource(config: ConfigFile, { documents, affixes }: BuildSources): ConfigSource {
  const { manifest, key } = config;
  const names = [manifest.name, withoutHash(manifest.name) ?? manifest.name];
  for (const source of documents) {
    if (mayBecome(source, manifest.body, affixes) && text(source.value, 'data', key) !== undefined)
      return { source, path: ['data', key] };
    for (const generator of list(source.value, 'configMapGenerator')) {
      const name = text(generator, 'name') ?? '';
      if (!names.some((called) => mayBeCalled(name, called, affixes))) continue;
      const file = list(generator, 'files').find((entry) => typeof entry === 'string' && keyOf(entry) === key);
      if (typeof file === 'string') return { file: below(folderOf(source.file), file.slice(file.indexOf('=') + 1)) };
    }
  }
  return undefined;
}

/** `key=path` names the key; else the file's name is the key. */
function keyOf(entry: string): string {
  return entry.includes('=') ? entry.slice(0, entry.indexOf('=')) : entry.slice(entry.lastIndexOf('/') + 1);
}
