import { secondsOf } from '@lgtm-fleet/units';
import { readYaml } from '@lgtm-fleet/yaml';
import { at, isRecord, textAt, type Values } from './records.ts';
import type { View } from './view.ts';

export type Limits = Readonly<Record<string, Values>>;

/** Limits of tenants as git has them, in the form in which a program shows those that it runs with. */
export function plannedLimits(view: View, component: string): Limits | undefined {
  const map = view.planned('ConfigMap').find(({ metadata }) => metadata.name === `${component}-overrides`);
  return readLimits(textAt(map, 'data', 'overrides.yaml') ?? '');
}

/** Limits by tenant from a file of overrides, or from what a program shows of the one it has read. */
export function readLimits(text: string): Limits | undefined {
  const read = readYaml(text);
  const overrides = read.ok ? at(read.documents[0], 'overrides') : undefined;
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

/** What can be compared in any spelling: numbers, and durations as seconds. Sizes, lists and maps are left out. */
function mapped(limits: Values): Values {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([key, value]) => {
      const amount = typeof value === 'string' ? secondsOf(value) : value;
      return typeof amount === 'number' || typeof amount === 'boolean' ? [[key, amount]] : [];
    }),
  );
}
