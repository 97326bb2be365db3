import {
  get,
  list,
  object,
  readDocument,
  text,
  volumeOf,
  type Container,
  type Json,
  type Manifest,
  type ReadDocument,
  type Workload,
} from '@lgtm-fleet/manifests';
import { nginxFault } from './nginx.ts';

/** One key of a ConfigMap: a file that some program reads. */
export interface ConfigFile {
  readonly manifest: Manifest;
  /** The key, which is the file's name: `loki.yaml`. */
  readonly key: string;
  /** Empty for a file that is too large to be read. */
  readonly text: string;
  /** Of YAML and JSON; `undefined` for other files, and for what cannot be read. */
  readonly value: Json | undefined;
  /** What keeps it from being read. */
  readonly fault?: ReadDocument['fault'];
}

/** Of a ConfigMap, all its files together. */
const MAX_CHARACTERS = 1024 * 1024;

const PARSED = /\.(ya?ml|json)$/;

/** The files in a ConfigMap. */
export function configFiles(manifest: Manifest): readonly ConfigFile[] {
  if (manifest.kind !== 'ConfigMap') return [];
  return Object.keys(object(manifest.body, 'data')).map((key) => {
    const content = text(manifest.body, 'data', key) ?? '';
    const tooLarge = sizeFault(key, content);
    if (tooLarge !== undefined)
      return { manifest, key, text: '', value: undefined, fault: { message: tooLarge, at: 0 } };
    // A config that is no YAML is a finding of its own rule; the others do without it.
    return { manifest, key, text: content, ...(PARSED.test(key) ? readDocument(content) : { value: undefined }) };
  });
}

function sizeFault(key: string, content: string): string | undefined {
  const { length } = content;
  if (length > MAX_CHARACTERS) return `it has ${length} characters; a ConfigMap holds ${MAX_CHARACTERS}`;
  return key.endsWith('.conf') ? nginxFault(content) : undefined;
}

/** A file as a container sees it. */
export interface MountedFile {
  readonly path: string;
  readonly config: ConfigFile;
}

/** The ConfigMaps' files that a container mounts, with the paths that they have there. */
export function mountedFiles(
  workload: Workload,
  container: Container,
  configs: ReadonlyMap<string, readonly ConfigFile[]>,
): readonly MountedFile[] {
  return list(container.body, 'volumeMounts').flatMap((mount) => {
    const volume = volumeOf(workload, text(mount, 'name') ?? '');
    const at = (text(mount, 'mountPath') ?? '').replace(/\/$/, '');
    const subPath = text(mount, 'subPath');
    return sources(volume).flatMap(({ name, items }) =>
      (configs.get(`${workload.namespace}/${name}`) ?? []).flatMap((config) => {
        const item = items?.find((entry) => text(entry, 'key') === config.key);
        if (items !== undefined && item === undefined) return [];
        const file = text(item, 'path') ?? config.key;
        if (subPath !== undefined) return subPath === file ? [{ path: at, config }] : [];
        return [{ path: `${at}/${file}`, config }];
      }),
    );
  });
}

interface ConfigSource {
  readonly name: string;
  readonly items: readonly Json[] | undefined;
}

function sources(volume: Json | undefined): readonly ConfigSource[] {
  const projected = list(volume, 'projected', 'sources');
  return [get(volume, 'configMap'), ...projected.map((source) => get(source, 'configMap'))].flatMap((source) => {
    const name = text(source, 'name');
    if (name === undefined) return [];
    return [{ name, items: get(source, 'items') === undefined ? undefined : list(source, 'items') }];
  });
}
