import { ruleFiles, type RuleFile } from '@lgtm-fleet/alerts';
import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';

/** One group of rules of one tenant in one store. */
export interface OwnedGroup {
  readonly tenant: string;
  readonly store: RulerStore;
  /** Of the ruler, by which it keeps groups apart. */
  readonly namespace: string;
  readonly group: string;
  /** Name of the group's file; tenants with the same rules share it. */
  readonly file: string;
  readonly value: YamlValue;
}

export type RulerStore = 'metrics' | 'logs';

/** What stands before the namespaces that are the fleet's; all others are the tenants' own. */
export const NAMESPACE_PREFIX = 'lgtm-fleet-';

/** Stores of a hub that have a ruler: Prometheus has none, and reads files. */
export function rulersOf(plan: Plan): readonly RulerStore[] {
  return plan.mimir === undefined ? ['logs'] : ['metrics', 'logs'];
}

/** Every group that is to be in a ruler, a file each: a ruler takes one at a time. */
export function ownedGroups(plan: Plan): readonly OwnedGroup[] {
  const rulers = rulersOf(plan);
  return ruleFiles(plan).flatMap((file) => {
    const { evaluator, tenant } = file;
    const store = rulers.find((ruler) => ruler === evaluator);
    if (store === undefined || tenant === undefined) return [];
    return groupsOf(file).map(({ name, value }) => ({
      tenant,
      store,
      namespace: `${NAMESPACE_PREFIX}${file.name}`,
      group: name,
      file: `${store}-${file.name}-${name}.yaml`,
      value,
    }));
  });
}

function groupsOf({ name: family, value }: RuleFile): readonly { readonly name: string; readonly value: YamlValue }[] {
  const groups = typeof value === 'object' && value !== null && 'groups' in value ? value['groups'] : undefined;
  if (!Array.isArray(groups)) throw new Error(`rules '${family}' have no groups`);
  return groups.map((group: YamlValue) => {
    const name = typeof group === 'object' && group !== null && 'name' in group ? group['name'] : undefined;
    if (typeof name !== 'string' || !NAME.test(name))
      throw new Error(
        `group '${typeof name === 'string' ? name : ''}' of rules '${family}' cannot be in the name of a file`,
      );
    return { name, value: group };
  });
}

const NAME = /^[a-zA-Z0-9][-\w.]*$/;

/** Who has rules in which ruler: tenant, what it shows at the gateway, store. Also those that have none any more. */
export function ownersFile(plan: Plan): string {
  const writing = plan.credentials.filter(({ name, writes }) => writes === name);
  const lines = writing.flatMap(({ name, kind }) => rulersOf(plan).map((store) => [name, kind, store].join('\t')));
  return `${lines.join('\n')}\n`;
}

/** What each has: tenant, store, namespace, group, file. */
export function groupsFile(groups: readonly OwnedGroup[]): string {
  return groups
    .map(({ tenant, store, namespace, group, file }) => `${[tenant, store, namespace, group, file].join('\t')}\n`)
    .join('');
}
