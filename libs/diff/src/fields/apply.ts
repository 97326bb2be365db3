import { get, isList, isObject, type Json } from '@lgtm-fleet/manifests';
import type { FieldChange, Step } from '../types.ts';

/** Makes the changes to a value: what `fieldChanges` found between two values turns the one into the other. */
export function applyFields(value: Json | undefined, changes: readonly FieldChange[]): Json | undefined {
  return changes.reduce((result, change) => applyAt(result, change.path, change.after), value);
}

function applyAt(value: Json | undefined, path: readonly Step[], after: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return after;
  if (typeof step === 'object') {
    const elements = isList(value) ? value : [];
    const index = elements.findIndex((element) => names(element, step));
    const changed = applyAt(elements[index], rest, after);
    if (index < 0) return changed === undefined ? elements : [...elements, changed];
    return changed === undefined ? elements.toSpliced(index, 1) : elements.with(index, changed);
  }
  const fields = isObject(value) ? value : {};
  const name = String(step);
  const changed = applyAt(Object.hasOwn(fields, name) ? fields[name] : undefined, rest, after);
  const others = Object.entries(fields).filter(([key]) => key !== name);
  return Object.fromEntries(changed === undefined ? others : [...others, [name, changed]]);
}

function names(element: Json, { by, is }: Exclude<Step, string | number>): boolean {
  if (by === 'flag') return typeof element === 'string' && element.startsWith(`${is}=`);
  const key = isObject(element) ? get(element, ...by.split('.')) : undefined;
  return (typeof key === 'string' || typeof key === 'number') && String(key) === is;
}
