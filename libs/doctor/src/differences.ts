import { quantityOf } from '@lgtm-fleet/units';
import { isRecord, isVariable } from './records.ts';

/** One value that is not what was planned. */
export interface Difference {
  /** `spec.template.spec.containers.loki.image`. */
  readonly path: string;
  readonly planned: string;
  readonly live: string;
}

/**
 * Where what lives is not what was planned. An API server adds what nobody said, so only what was planned is compared;
 * things of a list that have a name are compared by it.
 *
 * @param exact lists have nothing that was not planned
 */
export function differences(
  planned: unknown,
  live: unknown,
  { exact = false, path = '' }: { readonly exact?: boolean; readonly path?: string } = {},
): readonly Difference[] {
  if (planned === undefined) return [];
  const below = (key: string | number) => ({ exact, path: path === '' ? String(key) : `${path}.${key}` });
  if (isRecord(planned)) {
    const other = isRecord(live) ? live : {};
    return Object.entries(planned).flatMap(([key, value]) => {
      const found = differences(value, other[key], below(key));
      return key === 'value' && isVariable(other) ? found.map((one) => ({ ...one, live: 'another value' })) : found;
    });
  }
  if (Array.isArray(planned)) {
    const list: readonly unknown[] = Array.isArray(live) ? live : [];
    const found = (planned as readonly unknown[]).flatMap((value, index) => {
      const name = isRecord(value) && typeof value['name'] === 'string' ? value['name'] : undefined;
      const other = name === undefined ? list[index] : list.find((one) => isRecord(one) && one['name'] === name);
      return differences(value, other, below(name ?? index));
    });
    const added = exact ? list.slice(planned.length) : [];
    return [...found, ...added.map((value) => ({ path, planned: 'nothing more', live: shown(value) }))];
  }
  return same(planned, live) ? [] : [{ path, planned: shown(planned), live: shown(live) }];
}

/** A quantity has many spellings (`1000m` is `1`), and what is empty an API server leaves out. */
function same(planned: unknown, live: unknown): boolean {
  if (planned === live) return true;
  if (planned === null || planned === '' || planned === false || planned === 0)
    return live === undefined || live === null;
  const [left, right] = [amountOf(planned), amountOf(live)];
  return left !== undefined && left === right;
}

function amountOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? quantityOf(value) : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
