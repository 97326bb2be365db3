import { secondsOf } from '@lgtm-fleet/units';
import { readYaml } from '@lgtm-fleet/yaml';
import { at, isRecord, textAt, type Values } from './records.ts';
import type { View } from './view.ts';

export type Limits = Readonly<Record<string, Values>>;

/** Limits of tenants as git has them, in the form in which a program shows those that it runs with. */
export function plannedLimits({ planned }: Pick<View, 'planned'>, component: string): Limits | undefined {
  const map = planned('ConfigMap').find(({ metadata }) => metadata.name === `${component}-overrides`);
  return readLimits(textAt(map, 'data', 'overrides.yaml') ?? '');
}

/** Limits by tenant from a file of overrides, or from what a program shows of the one it has read. */
export function readLimits(text: string): Limits | undefined {
  const read = readYaml(text);
  const [shown] = read.ok ? read.documents : [];
  // Where no tenant has limits of its own, what is not as usual is nothing.
  if (isRecord(shown) && Object.keys(shown).length === 0) return {};
  const overrides = at(shown, 'overrides');
  if (!isRecord(overrides)) return undefined;
  return Object.fromEntries(
    Object.entries(overrides).map(([tenant, limits]) => [tenant, isRecord(limits) ? mapped(limits) : {}]),
  );
}

/** Limits of one tenant, from a page that shows nothing else. */
export function readTenantLimits(text: string): Values | undefined {
  const read = readYaml(text);
  const limits = read.ok ? read.documents[0] : undefined;
  return isRecord(limits) ? mapped(limits) : undefined;
}

/** Limits of whoever has none of its own, from the page of the whole configuration. */
export function readUsualLimits(text: string): Values | undefined {
  const read = readYaml(text);
  const limits = read.ok ? at(read.documents[0], 'limits') : undefined;
  return isRecord(limits) ? mapped(limits) : undefined;
}

/**
 * Limits that are in force, of a program that shows only what is not as usual. Of the rest, what git says of the tenant
 * is looked up; all of it, of hundreds of tenants, would be megabytes that nobody reads.
 *
 * @param usual undefined where it is not known; then nothing is said of what is not shown
 */
export function limitsInForce(shown: Limits, usual: Values | undefined, wanted: Limits): Limits {
  const tenants = new Set([...Object.keys(shown), ...Object.keys(wanted)]);
  return Object.fromEntries(
    [...tenants].map((tenant) => {
      const looked = Object.keys(wanted[tenant] ?? {}).filter((key) => usual !== undefined && key in usual);
      return [tenant, { ...Object.fromEntries(looked.map((key) => [key, usual?.[key]])), ...shown[tenant] }];
    }),
  );
}

/** What can be compared in any spelling: numbers, and durations as seconds. Sizes, lists and maps are left out. */
function mapped(limits: Values): Values {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([key, value]) => {
      const amount = typeof value === 'string' ? secondsOf(value) : value;
      return typeof amount === 'number' || typeof amount === 'boolean' ? [[key, amount]] : [];
    }),
  );
}
