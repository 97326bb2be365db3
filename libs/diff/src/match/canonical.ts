import { isList, isObject, object, type Json, type JsonObject, type Manifest } from '@lgtm-fleet/manifests';
import { fileValue } from './files.ts';

const MAX_DEPTH = 200;

/**
 * An object with its noise taken out: names of generated ConfigMaps without their hashes, configuration files as
 * values instead of text. Two objects that are alike here differ in comments and layout at most.
 */
export function canonical({ kind, body }: Manifest, generated: ReadonlyMap<string, string>): JsonObject {
  const named = generated.size === 0 ? body : renamed(body, generated, 0);
  const result = isObject(named) ? named : body;
  if (kind !== 'ConfigMap' || !isObject(result['data'])) return result;
  const files = Object.entries(object(result, 'data')).map(
    ([name, content]) => [name, typeof content === 'string' ? fileValue(name, content) : content] as const,
  );
  return { ...result, data: Object.fromEntries(files) };
}

function renamed(value: Json, generated: ReadonlyMap<string, string>, depth: number): Json {
  if (typeof value === 'string') return generated.get(value) ?? value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (isList(value)) return value.map((child) => renamed(child, generated, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, renamed(child, generated, depth + 1)] as const),
  );
}
