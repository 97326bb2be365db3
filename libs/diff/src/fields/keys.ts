import { get, isObject, type Json } from '@lgtm-fleet/manifests';
import type { Step } from '../types.ts';

/** What elements of lists say of themselves, the most telling first. */
const KEYS = [
  'mountPath',
  'name',
  'metadata.name',
  'key',
  'containerPort',
  'port',
  'host',
  'hostname',
  'ip',
  'from',
  'path',
  'uid',
  'alert',
  'record',
  'kind',
] as const;

/** Lists of objects whose order means something all the same. */
const ORDERED = new Set(['initContainers']);

/** How the elements of two lists are told apart: by a field, or by the name of a flag. */
export interface Keyed {
  readonly by: string;
  readonly left: ReadonlyMap<string, Json>;
  readonly right: ReadonlyMap<string, Json>;
}

/** Undefined where the elements say nothing of themselves, say it twice, or stand in an order that counts. */
export function keyed(left: readonly Json[], right: readonly Json[], path: readonly Step[]): Keyed | undefined {
  const last = path.at(-1);
  if (last === 'args' || last === 'command') return flags(left, right);
  for (const by of KEYS) {
    const [leftMap, rightMap] = [byField(left, by), byField(right, by)];
    if (leftMap === undefined || rightMap === undefined) continue;
    if (typeof last === 'string' && ORDERED.has(last) && !sameOrder(leftMap, rightMap)) return undefined;
    return { by, left: leftMap, right: rightMap };
  }
  return undefined;
}

function byField(values: readonly Json[], field: string): ReadonlyMap<string, Json> | undefined {
  const found = new Map<string, Json>();
  for (const value of values) {
    const key = isObject(value) ? get(value, ...field.split('.')) : undefined;
    if (typeof key !== 'string' && typeof key !== 'number') return undefined;
    if (found.has(String(key))) return undefined;
    found.set(String(key), value);
  }
  return found;
}

/** `-target=ingester` is the flag `-target`; anything that is no flag makes the whole list one value. */
function flags(left: readonly Json[], right: readonly Json[]): Keyed | undefined {
  const read = (values: readonly Json[]): ReadonlyMap<string, Json> | undefined => {
    const found = new Map<string, Json>();
    for (const value of values) {
      const name = typeof value === 'string' ? /^--?[A-Za-z][^=\s]*(?==)/.exec(value)?.[0] : undefined;
      if (name === undefined || found.has(name)) return undefined;
      found.set(name, value);
    }
    return found;
  };
  const [leftMap, rightMap] = [read(left), read(right)];
  return leftMap === undefined || rightMap === undefined ? undefined : { by: 'flag', left: leftMap, right: rightMap };
}

function sameOrder(left: ReadonlyMap<string, Json>, right: ReadonlyMap<string, Json>): boolean {
  const shared = (one: ReadonlyMap<string, Json>, other: ReadonlyMap<string, Json>) =>
    [...one.keys()].filter((key) => other.has(key));
  return shared(left, right).join('\0') === shared(right, left).join('\0');
}
