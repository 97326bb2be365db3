import type { CredentialPlan, Plan, SecretPlan } from '@lgtm-fleet/plan';
import { isToken } from '@lgtm-fleet/resources';
import { error, type Finding } from '../facts.ts';
import { SHOWN } from '../holders.ts';
import { variableOf, type SecretChange, type SecretInputs, type SecretValues } from '../secrets.ts';
import { gatewayChange, LISTS, linesOf, listed, withLines, type List } from './lists.ts';

export interface RotationInputs extends SecretInputs {
  readonly users: readonly string[];
}

/** What somebody is to show at the gateway from now on. Nothing of it may be printed. */
export interface Successor {
  readonly user: string;
  readonly kind: List['kind'];
  readonly value: string;
}

/** The first half: what is new is taken beside what was shown before, and then handed over. */
export interface Rotation {
  /** What comes first, so that nobody is given what the gateway does not know; absent where it knows it. */
  readonly gateway?: SecretChange;
  /** What comes when every pod of the gateway takes what is new. */
  readonly holders: readonly SecretChange[];
  readonly successors: readonly Successor[];
  readonly findings: readonly Finding[];
}

/**
 * What must be written so that each user has another password or token. Where one was on its way already it is
 * finished, and no other is made: of an interrupted run nobody knows a password, and so nobody was given it.
 */
export function planRotation(plan: Plan, inputs: RotationInputs): Rotation {
  const before = listed(inputs.present);
  const findings: Finding[] = [];
  const successors: Successor[] = [];
  let lists: SecretValues = before;
  for (const user of new Set(inputs.users)) {
    const step = stepOf(plan, user, lists, inputs);
    if ('id' in step) findings.push(step);
    else {
      lists = step.lists;
      successors.push(step.successor);
    }
  }
  const gateway = gatewayChange(plan, before, lists);
  return {
    ...(gateway !== undefined && { gateway }),
    holders: handedOver(plan, inputs.present, successors),
    successors,
    findings,
  };
}

type Rotated = Pick<CredentialPlan, 'name'> & { readonly kind: List['kind'] };

/** Who it is, and whether what it shows is made here. */
export function kindOf(plan: Plan, user: string): Rotated | Finding {
  if (plan.secretSource.kind !== 'bootstrap')
    return error(
      'made-elsewhere',
      `the Secrets of ${plan.cluster} are not made here: spec.secrets says ${plan.secretSource.kind}`,
      'docs/rotation.md has the steps for each source of Secrets',
    );
  const known: readonly Pick<CredentialPlan, 'name' | 'kind'>[] =
    plan.role === 'hub'
      ? plan.credentials
      : plan.tenants.map(({ name, credential }) => ({ name, kind: credential ?? 'password' }));
  const found = known.find(({ name }) => name === user);
  if (found === undefined)
    return error(
      'unknown-user',
      `nobody of ${plan.cluster} signs in as '${user}'`,
      `there is ${known
        .map(({ name }) => name)
        .toSorted()
        .join(', ')}`,
    );
  if (found.kind === 'certificate')
    return error(
      'shows-a-certificate',
      `${user} shows a client certificate, which is not made here`,
      'docs/rotation.md says how one follows another',
    );
  return { name: found.name, kind: found.kind };
}

interface Step {
  readonly lists: SecretValues;
  readonly successor: Successor;
}

function stepOf(plan: Plan, user: string, lists: SecretValues, inputs: RotationInputs): Step | Finding {
  const rotated = kindOf(plan, user);
  if ('id' in rotated) return rotated;
  return plan.role === 'edge' ? brought(plan, rotated, lists, inputs) : followed(plan, rotated, lists, inputs);
}

/** Where an edge keeps a copy of what its hub knows, only a person can bring it. */
function brought(plan: Plan, { name, kind }: Rotated, lists: SecretValues, { given }: RotationInputs): Step | Finding {
  const key = `tenant-credentials/${name}`;
  const value = given.get(key);
  if (value !== undefined) return { lists, successor: { user: name, kind, value } };
  return error(
    'not-given',
    `what ${name} shows is made at ${plan.hub ?? 'its hub'}, and ${plan.cluster} has a copy`,
    `give the new one in a file, --secret ${key}=@FILE, or in ${variableOf(key)}`,
  );
}

function followed(plan: Plan, { name, kind }: Rotated, lists: SecretValues, inputs: RotationInputs): Step | Finding {
  const list = LISTS[kind];
  const [text = '', before = ''] = [lists[list.key], lists[list.previous]];
  const now = linesOf(list, text, name);
  const offered = placesOf(plan, name)
    .map((place) => inputs.given.get(`${place.name}/${name}`))
    .find((value) => value !== undefined);
  if (offered !== undefined && kind === 'token' && !isToken(offered)) return unusable(name);
  if (now.length === 0)
    return error(
      'no-line',
      `Secret gateway-credentials has no line of ${name} under ${list.key}`,
      'run `bootstrap`, which makes one',
    );
  const holds = (value: string): boolean => now.some((line) => list.takes(line, value) === true);
  const to = (value: string, changed: SecretValues = {}): Step => ({
    lists: { ...lists, ...changed },
    successor: { user: name, kind, value },
  });
  const made = (value: string): SecretValues => ({
    [list.key]: withLines(list, text, name, [list.write(name, value, inputs.salt)]),
  });
  if (linesOf(list, before, name).length === 0) {
    const next = offered ?? inputs.password();
    return holds(next) ? to(next) : to(next, { ...made(next), [list.previous]: withLines(list, before, name, now) });
  }
  const held = heldBy(plan, inputs.present, name).filter(holds);
  if (offered !== undefined && !holds(offered) && held.length > 0)
    return error('under-way', `${name} is being given another ${kind} already`, 'end that first, with --finish');
  const known = [offered, ...held, ...now.map(list.valueOf)].find((one) => one !== undefined && holds(one));
  if (known !== undefined) return to(known);
  if (now.some((line) => list.takes(line, '') === undefined))
    return error(
      'unreadable-hash',
      `nobody here can say whose password the line of ${name} under ${list.key} is: it is no {SSHA} or {SHA}`,
      `give the password that it is of, --secret tenant-credentials/${name}=@FILE, or take the line from under ${list.previous}`,
    );
  const next = offered ?? inputs.password();
  return to(next, made(next));
}

function unusable(name: string): Finding {
  return error(
    'unusable-token',
    `the token that you gave for ${name} is not one that a header can hold`,
    'a token has 16 to 1000 letters, digits and - . _ ~ + /',
  );
}

/** The Secrets with what a user shows. */
export function placesOf({ secrets }: Plan, user: string): readonly SecretPlan[] {
  return secrets.filter(({ name, keys }) => SHOWN.includes(name) && keys.includes(user));
}

/** What they say it shows; one text each where it is there. */
export function heldBy(plan: Plan, present: SecretInputs['present'], user: string): readonly string[] {
  return placesOf(plan, user).flatMap(({ namespace, name }) => {
    const value = present.get(`${namespace}/${name}`)?.[user];
    return value === undefined || value === '' ? [] : [value];
  });
}

function handedOver(
  plan: Plan,
  present: SecretInputs['present'],
  successors: readonly Successor[],
): readonly SecretChange[] {
  return plan.secrets.flatMap(({ namespace, name, keys }): readonly SecretChange[] => {
    if (!SHOWN.includes(name)) return [];
    const there = present.get(`${namespace}/${name}`);
    const values = Object.fromEntries(
      successors
        .filter(({ user, value }) => keys.includes(user) && there?.[user] !== value)
        .map(({ user, value }) => [user, value]),
    );
    return Object.keys(values).length === 0 ? [] : [{ namespace, name, exists: there !== undefined, values }];
  });
}
