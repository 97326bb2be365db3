import type { Plan } from '@lgtm-fleet/plan';
import { error, note, type Finding } from '../facts.ts';
import { SHOWN } from '../holders.ts';
import type { SecretChange, SecretInputs, SecretValues } from '../secrets.ts';
import { gatewayChange, LISTS, linesOf, listed, withLines } from './lists.ts';

export interface Revocation {
  readonly changes: readonly SecretChange[];
  readonly findings: readonly Finding[];
}

/** Where a user may have left something, though no plan names the Secret any more. */
export const HANDED_OUT = { namespace: 'observability', name: 'writer-credentials' } as const;

/**
 * Takes away what is left of users whom the spec does not name any more, or names with another kind of credential. The
 * gateway lets it do nothing; but it would open again when the name came back.
 */
export function planRevocation(plan: Plan, present: SecretInputs['present'], users: readonly string[]): Revocation {
  const before = listed(present);
  let after: SecretValues = before;
  const findings: Finding[] = [];
  const gone = new Set<string>();
  for (const user of new Set(users)) {
    const named = plan.credentials.find(({ name }) => name === user);
    let found = false;
    for (const list of Object.values(LISTS).filter(({ kind }) => kind !== named?.kind))
      for (const key of [list.key, list.previous]) {
        const text = after[key] ?? '';
        if (linesOf(list, text, user).length === 0) continue;
        found = true;
        after = { ...after, [key]: withLines(list, text, user, []) };
      }
    if (named === undefined) gone.add(user);
    if (named !== undefined && !found) findings.push(stillNamed(plan, user));
    else if (!found) findings.push(note('nothing-to-revoke', `Secret gateway-credentials has no line of '${user}'`));
  }
  const change = gatewayChange(plan, before, after);
  return { changes: [...(change === undefined ? [] : [change]), ...kept(plan, present, gone)], findings };
}

function stillNamed({ specPath }: Plan, user: string): Finding {
  return error(
    'still-named',
    `the spec names ${user}, so what it shows has to open`,
    `take it out of ${specPath} first; for another password or token, run this without --revoke`,
  );
}

/** What they showed, where it was kept for whoever hands it over. */
function kept(plan: Plan, present: SecretInputs['present'], gone: ReadonlySet<string>): readonly SecretChange[] {
  const places = [...plan.secrets.filter(({ name }) => SHOWN.includes(name)), HANDED_OUT];
  const distinct = new Map(places.map((place) => [`${place.namespace}/${place.name}`, place]));
  return [...distinct].flatMap(([id, { namespace, name }]): readonly SecretChange[] => {
    const removed = Object.keys(present.get(id) ?? {}).filter((key) => gone.has(key));
    return removed.length === 0 ? [] : [{ namespace, name, exists: true, values: {}, removed }];
  });
}
