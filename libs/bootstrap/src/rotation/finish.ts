import type { Plan } from '@lgtm-fleet/plan';
import { error, note, type Finding } from '../facts.ts';
import type { SecretChange, SecretInputs, SecretValues } from '../secrets.ts';
import { gatewayChange, LISTS, linesOf, listed, withLines, type List } from './lists.ts';
import { heldBy, kindOf, placesOf } from './rotation.ts';

type Present = SecretInputs['present'];

export interface Finish {
  /** Absent where nothing is left of what was shown before. */
  readonly change?: SecretChange;
  /** Of whom something goes. */
  readonly ended: readonly { readonly user: string; readonly kind: List['kind'] }[];
  readonly findings: readonly Finding[];
}

/** The second half: what users showed before opens nothing any more. */
export function planFinish(plan: Plan, present: Present, users: readonly string[]): Finish {
  const before = listed(present);
  let after: SecretValues = before;
  const findings: Finding[] = [];
  const ended: Finish['ended'][number][] = [];
  for (const user of new Set(users)) {
    const found = kindOf(plan, user);
    if ('id' in found) {
      findings.push(found);
      continue;
    }
    const list = LISTS[found.kind];
    const text = after[list.previous] ?? '';
    if (linesOf(list, text, user).length === 0) {
      findings.push(note('nothing-to-finish', `nothing opens to ${user} but what it shows now`));
      continue;
    }
    if (!isHandedOver(plan, present, user, list))
      findings.push(
        error(
          'not-handed-over',
          `Secrets do not have what ${user} is to show, or not all of them`,
          'run this without --finish first: it goes on where it stopped',
        ),
      );
    ended.push({ user, kind: found.kind });
    after = { ...after, [list.previous]: withLines(list, text, user, []) };
  }
  const change = gatewayChange(plan, before, after);
  return { ...(change !== undefined && { change }), ended, findings };
}

/** Whether every Secret has what the gateway takes as the new one. */
export function isHandedOver(plan: Plan, present: Present, user: string, list: List): boolean {
  const lines = linesOf(list, listed(present)[list.key] ?? '', user);
  const held = heldBy(plan, present, user);
  return (
    held.length === placesOf(plan, user).length &&
    // Where nobody here can say whose a hash is, a person has written it, and knows.
    held.every((value) => lines.some((line) => list.takes(line, value) !== false))
  );
}
