import type { CredentialPlan, Plan } from '@lgtm-fleet/plan';
import { isToken, tokensByUser } from '@lgtm-fleet/resources';
import { note, type Finding } from './facts.ts';
import { linesByUser, takes } from './htpasswd.ts';
import { LISTS, linesOf } from './rotation/lists.ts';
import type { SecretInputs, SecretValues } from './secrets.ts';

/** Somebody whose password or token bootstrap knows or makes. */
export interface Holder {
  readonly name: string;
  readonly kind: 'password' | 'token';
}

/** Secrets with what is shown at the gateway, by their names in the plan. */
export const SHOWN: readonly string[] = ['tenant-credentials', 'writer-credentials'];

/** Who signs in with what can be made up; certificates cannot. */
export function holdersOf(plan: Plan): readonly Holder[] {
  const all: readonly Pick<CredentialPlan, 'name' | 'kind'>[] =
    plan.role === 'hub'
      ? plan.credentials
      : plan.tenants.map(({ name, credential }) => ({ name, kind: credential ?? 'password' }));
  return all.flatMap(({ name, kind }) => (kind === 'certificate' ? [] : [{ name, kind }]));
}

export interface Known {
  /** The password or token of each. */
  readonly values: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
  /** Whose is missing because of one of the findings. */
  readonly explained: ReadonlySet<string>;
}

/** One value for each holder, the same wherever it lies; a hub makes up those that are new. */
export function knownValues(plan: Plan, inputs: SecretInputs): Known {
  const values = new Map<string, string>();
  const findings: Finding[] = [];
  const explained = new Set<string>();
  const gateway = inputs.present.get('observability/gateway-credentials') ?? {};
  const hashes = linesByUser(gateway['htpasswd'] ?? '');
  const tokens = tokensByUser(gateway['tokens'] ?? '');
  for (const holder of holdersOf(plan)) {
    const { name, kind } = holder;
    const places = plan.secrets.filter((secret) => SHOWN.includes(secret.name) && secret.keys.includes(name));
    const there = places.flatMap(({ namespace, name: secret }) => {
      const value = inputs.present.get(`${namespace}/${secret}`)?.[name];
      return value === undefined || value === '' ? [] : [value];
    });
    const given = places.map((secret) => inputs.given.get(`${secret.name}/${name}`)).find((one) => one !== undefined);
    const candidate = there[0] ?? given;
    const line = hashes.get(name);
    const found =
      rotating(plan, holder, there, gateway) ??
      (new Set(there).size > 1
        ? unequal(holder)
        : kind === 'token'
          ? wrongToken(name, candidate, tokens.get(name))
          : wrongHash(name, candidate, line));
    if (found !== undefined) findings.push(found);
    // A token that lies in the gateway's list alone is not lost, since it lies there as it is.
    const value = candidate ?? (kind === 'token' ? tokens.get(name)?.[0] : undefined);
    if (found?.id === 'unequal-passwords' || found?.id === 'lost-password') explained.add(name);
    else if (value !== undefined) values.set(name, value);
    else if (plan.role === 'hub') values.set(name, inputs.password());
  }
  return { values, findings, explained };
}

/** Between the halves of a rotation, or where one stopped, Secrets may differ: the gateway takes all of it. */
function rotating({ cluster }: Plan, { name, kind }: Holder, there: readonly string[], gateway: SecretValues) {
  const list = LISTS[kind];
  const before = linesOf(list, gateway[list.previous] ?? '', name);
  if (before.length === 0 || there.length === 0) return undefined;
  const now = linesOf(list, gateway[list.key] ?? '', name);
  const takenBy = (lines: readonly string[]) => (value: string) =>
    lines.some((line) => list.takes(line, value) !== false);
  if (!there.every(takenBy([...now, ...before]))) return undefined;
  const command = `nx run tools:rotate --cluster=${cluster} --user=${name}`;
  return there.every(takenBy(now))
    ? note('unfinished-rotation', `what ${name} showed before still opens`, `once nobody shows it: ${command} --finish`)
    : note('unfinished-rotation', `${name} is to be given another ${kind}, and not all Secrets have it`, command);
}

function unequal({ name, kind }: Holder): Finding {
  return {
    id: 'unequal-passwords',
    severity: 'error',
    message: `the ${kind} of ${name} is not the same in Secret tenant-credentials of observability and of monitoring`,
    help: 'remove the key from the wrong one and run this again: it is copied from the other',
  };
}

function wrongHash(name: string, password: string | undefined, line: string | undefined): Finding | undefined {
  if (line === undefined) return undefined;
  if (password === undefined)
    return {
      id: 'lost-password',
      severity: 'error',
      message: `Secret gateway-credentials has the hash of ${name}, and Secret tenant-credentials has no password for it`,
      help: `give it, --secret tenant-credentials/${name}=@FILE, or remove the line for a new one`,
    };
  if (takes(line, password) !== false) return undefined;
  return {
    id: 'stale-hash',
    severity: 'error',
    message: `the gateway would refuse ${name}: its line in Secret gateway-credentials is not of its password`,
    help: 'remove the line and run this again: it is made from the password',
  };
}

function wrongToken(
  name: string,
  token: string | undefined,
  listed: readonly string[] | undefined,
): Finding | undefined {
  if (token !== undefined && !isToken(token))
    return {
      id: 'unusable-token',
      severity: 'error',
      message: `the token of ${name} is not one that a header can hold`,
      help: 'a token has 16 to 1000 letters, digits and - . _ ~ + /',
    };
  if (token === undefined || listed === undefined || listed.includes(token)) return undefined;
  return {
    id: 'stale-hash',
    severity: 'error',
    message: `the gateway would refuse ${name}: none of its lines in key tokens of Secret gateway-credentials is of its token`,
    help: 'remove the lines and run this again: one is made from the token',
  };
}
