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

/** Keys below which people choose the names: labels may be called `secret` and `key`. */
const NAMED_BY_PEOPLE = new Set(['labels', 'params', 'filters', 'tags']);

function references(value: unknown, path: Path): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isSecretKey(value)) return [{ secret: value.secret, key: value.key, path }];
  return Object.entries(value).flatMap(([key, inner]) =>
    NAMED_BY_PEOPLE.has(key) ? [] : references(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Nothing else that the schema names has exactly these two keys. */
function isSecretKey(value: object): value is SecretKey {
  return Object.keys(value).length === 2 && 'secret' in value && 'key' in value;
}
