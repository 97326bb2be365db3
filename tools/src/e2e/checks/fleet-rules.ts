import { ruleFiles } from '@lgtm-fleet/alerts';
import type { Plan } from '@lgtm-fleet/plan';
import { parse } from 'yaml';
import type { Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';

const PREFIX = 'lgtm-fleet-';
const PATHS = { metrics: '/prometheus/config/v1/rules', logs: '/loki/api/v1/rules' } as const;

type Ruler = keyof typeof PATHS;

/** Names of the groups by namespace. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** Both rulers have the rules of the fleet for a tenant, all of them and no others in the fleet's namespaces. */
export async function fleetRules(door: FrontDoor, as: Credential, plan: Plan): Promise<Seen> {
  let count = 0;
  for (const ruler of ['metrics', 'logs'] as const) {
    const wanted = plannedGroups(plan, as.tenant, ruler);
    count += Object.values(wanted).flat().length;
    await until(`the fleet's rules of ${ruler}`, { seconds: 180, everyMs: 5000 }, async () => {
      const { status, text } = await door.get(as, PATHS[ruler]);
      if (status !== 200 && status !== 404) throw new Error(`it answered ${String(status)}: ${text.slice(0, 300)}`);
      const faults = differences(wanted, status === 404 ? {} : givenGroups(text));
      if (faults.length > 0) throw new Error(faults.join('; '));
      return true;
    });
  }
  if (count === 0) throw new Error(`no rule is planned for ${as.tenant}`);
  return { detail: `${String(count)} groups of ${as.tenant}` };
}

/** What the plan wants in a ruler. */
export function plannedGroups(plan: Plan, tenant: string, ruler: Ruler): Groups {
  const files = ruleFiles(plan).filter((file) => file.evaluator === ruler && file.tenant === tenant);
  return Object.fromEntries(
    files.map(({ name, value }) => [
      PREFIX + name,
      (value as { readonly groups: readonly { readonly name: string }[] }).groups.map((group) => group.name).toSorted(),
    ]),
  );
}

/** What a ruler says that it has in the fleet's namespaces. */
export function givenGroups(text: string): Groups {
  const all = (parse(text) ?? {}) as Readonly<Record<string, readonly { readonly name: string }[]>>;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([namespace]) => namespace.startsWith(PREFIX))
      .map(([namespace, groups]) => [namespace, groups.map(({ name }) => name).toSorted()]),
  );
}

/** `lgtm-fleet-rings lacks loki-rings`, `lgtm-fleet-old has old too many`. */
export function differences(wanted: Groups, given: Groups): readonly string[] {
  const namespaces = [...new Set([...Object.keys(wanted), ...Object.keys(given)])].toSorted();
  return namespaces.flatMap((namespace) => {
    const [should, has] = [wanted[namespace] ?? [], given[namespace] ?? []];
    return [
      ...should.filter((name) => !has.includes(name)).map((name) => `${namespace} lacks ${name}`),
      ...has.filter((name) => !should.includes(name)).map((name) => `${namespace} has ${name} too many`),
    ];
  });
}
