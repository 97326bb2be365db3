import { isList, isObject, type Json } from '@lgtm-fleet/manifests';
import type { FieldChange, Step } from '../types.ts';
import { keyed } from './keys.ts';
import { own } from './own.ts';
import { same } from './scalar.ts';

const MAX_DEPTH = 200;

/**
 * What differs between two values, as the smallest parts that do. Objects are compared by field, lists by what their
 * elements say of themselves; a list whose elements say nothing is one value.
 */
export function fieldChanges(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly Step[] = [],
): readonly FieldChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined || after === undefined)
    return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  if (path.length > MAX_DEPTH) return alike(before, after, 0) ? [] : [{ path, before, after }];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => fieldChanges(own(before, name), own(after, name), [...path, name]));
  }
  if (isList(before) && isList(after)) {
    const keys = keyed(before, after, path);
    if (keys !== undefined) {
      const names = new Set([...keys.left.keys(), ...keys.right.keys()]);
      return [...names].flatMap((is) =>
        fieldChanges(keys.left.get(is), keys.right.get(is), [...path, { by: keys.by, is }]),
      );
    }
    return alike(before, after, 0) ? [] : [{ path, before, after }];
  }
  return same(before, after, path) ? [] : [{ path, before, after }];
}

/** Deep equality; `1` and `1.0` are one number, everything else is itself only. */
export function alike(left: Json | undefined, right: Json | undefined, depth: number): boolean {
  if (left === right) return true;
  if (depth > MAX_DEPTH * 2 || left === undefined || right === undefined) return false;
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((value, index) => alike(value, right[index], depth + 1));
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && alike(left[name], own(right, name), depth + 1))
  );
}
