import type { Json } from '@lgtm-fleet/manifests';
import type { FieldChange, Step } from '../types.ts';

/** `spec.template.spec.containers[ingester].image`, as messages name a place. */
export function dotted(path: readonly Step[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'object') return `[${step.is}]`;
      const text = String(step);
      if (/[.[\]\s]/.test(text) || text === '') return `[${text}]`;
      return index === 0 ? text : `.${text}`;
    })
    .join('');
}

/** True where a path begins with these fields. */
export function under(path: readonly Step[], ...fields: readonly string[]): boolean {
  return fields.every((field, index) => path[index] === field);
}

const MAX_SHOWN = 120;

/** A value in one short line. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

/** Of two lists that are compared as one value, only what is not in both. */
export function listDifference({ before, after }: FieldChange):
  | {
      readonly removed: readonly Json[];
      readonly added: readonly Json[];
    }
  | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const texts = (values: readonly Json[]) => new Set(values.map((value) => JSON.stringify(value)));
  const [left, right] = [texts(before as readonly Json[]), texts(after as readonly Json[])];
  return {
    removed: (before as readonly Json[]).filter((value) => !right.has(JSON.stringify(value))),
    added: (after as readonly Json[]).filter((value) => !left.has(JSON.stringify(value))),
  };
}
