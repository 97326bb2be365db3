import { credentialsIn } from '@lgtm-fleet/diagnostics';
import { isObject, type Json, type Path } from '@lgtm-fleet/manifests';
import { inFile, inManifest, inText } from '../../place.ts';
import type { Place, Report, Rule } from '../../types.ts';

/** Deeper than any object of Kubernetes; what is nested further is another rule's to find. */
const MAX_DEPTH = 64;

export const rule: Rule = {
  meta: {
    id: 'credential-shaped-value',
    family: 'kubernetes',
    severity: 'error',
    description: 'Something with the shape of a key, a token or a password is in git.',
    why: 'It is in every clone and in the history for ever; robots find such shapes within minutes of a push.',
    source: 'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
  },
  *cluster(cluster) {
    for (const manifest of cluster.manifests)
      for (const { path, text } of textsIn(manifest.body, [])) {
        // The files in a ConfigMap are looked at below, as people edit them.
        if (manifest.kind === 'ConfigMap' && path[0] === 'data') continue;
        yield* found(text, () => inManifest(manifest, ...path));
      }
    for (const config of cluster.configs) yield* found(config.text, (start, end) => inText(config, { start, end }));
    for (const { file, value } of cluster.kustomizations)
      for (const { path, text } of textsIn(value, [])) yield* found(text, () => inFile(file, ...path));
  },
};

function* found(text: string, placeOf: (start: number, end: number) => Place): Generator<Report> {
  for (const { what, start, end } of credentialsIn(text))
    yield {
      place: placeOf(start, end),
      message: `${what} is in git`,
      label: 'readable by everybody',
      help: 'take it out and change it, since the history keeps it; name a Secret here instead',
    };
}

/** Every text in a value, keys too: a key is as readable as what it holds. */
function* textsIn(
  value: Json | undefined,
  path: Path,
  // What an alias repeats is looked at once: aliases of aliases would never end.
  seen = new Set<Json>(),
): Generator<{ readonly path: Path; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  if (value === undefined || typeof value !== 'object' || path.length > MAX_DEPTH || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value))
    for (const [index, item] of (value as readonly Json[]).entries()) yield* textsIn(item, [...path, index], seen);
  else if (isObject(value))
    for (const [key, child] of Object.entries(value)) {
      yield { path: [...path, key], text: key };
      yield* textsIn(child, [...path, key], seen);
    }
}
