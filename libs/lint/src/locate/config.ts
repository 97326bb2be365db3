import { list, text, type Path } from '@lgtm-fleet/manifests';
import type { ConfigFile } from '../view/config-file.ts';
import { affixesOf, mayBeCalled, mayBecome, type PositionedDocument } from './documents.ts';

/** What Kustomize puts behind the name of a ConfigMap that it makes. */
const HASH = /-[a-z0-9]{10}$/;

/** Where the text of a ConfigMap's key is kept: a file of its own, or a scalar of a manifest. */
export type ConfigSource =
  { readonly file: string } | { readonly source: PositionedDocument; readonly path: Path } | undefined;

export function configSource(config: ConfigFile, documents: readonly PositionedDocument[]): ConfigSource {
  const { manifest, key } = config;
  const affixes = affixesOf(documents);
  for (const source of documents) {
    if (mayBecome(source, manifest.body, affixes) && text(source.value, 'data', key) !== undefined)
      return { source, path: ['data', key] };
    for (const generator of list(source.value, 'configMapGenerator')) {
      const name = text(generator, 'name') ?? '';
      if (!mayBeCalled(name, manifest.name.replace(HASH, ''), affixes) && !mayBeCalled(name, manifest.name, affixes))
        continue;
      const file = list(generator, 'files').find((entry) => typeof entry === 'string' && keyOf(entry) === key);
      if (typeof file === 'string') return { file: join(source.file, file.slice(file.indexOf('=') + 1)) };
    }
  }
  return undefined;
}

/** `key=path` names the key; else the file's name is the key. */
function keyOf(entry: string): string {
  return entry.includes('=') ? entry.slice(0, entry.indexOf('=')) : entry.slice(entry.lastIndexOf('/') + 1);
}

function join(file: string, reference: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of reference.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
