import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import type { SecretKey } from './references.ts';

/** Secrets of the namespace `monitoring` that the stack fills itself, or that its own Secrets could be taken for. */
const OWN = new Set(['tenant-credentials']);

/** A Secret of a source is its own: what the stack fills itself is not to be shown to others. */
export function secrets({ ingest }: ClusterSpec['spec']): Fault[] {
  return secretsOf(ingest).flatMap(({ secret, path }): Fault[] =>
    OWN.has(secret)
      ? [
          {
            id: 'secret-of-the-stack',
            path: [...path, 'secret'],
            message: `\`${secret}\` holds what tenants show at the gateway, and is not for what is outside`,
            help: 'give the source a Secret of its own',
          },
        ]
      : [],
  );
}

/** Every reference to a Secret in `ingest.sources`, with its place. */
export function secretsOf({ sources }: { readonly sources: readonly object[] }): readonly Reference[] {
  return sources.flatMap((source, index) => references(source, ['spec', 'ingest', 'sources', index]));
}

interface Reference extends SecretKey {
  readonly path: Path;
}

function references(value: unknown, path: Path): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isSecretKey(value)) return [{ ...value, path }];
  return Object.entries(value).flatMap(([key, inner]) =>
    references(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Nothing else of a source has exactly these two keys: a record of labels holds texts that name no Secret. */
function isSecretKey(value: object): value is SecretKey {
  const keys = Object.keys(value);
  return keys.length === 2 && 'secret' in value && 'key' in value;
}
