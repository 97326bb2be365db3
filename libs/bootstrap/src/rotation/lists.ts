import type { Plan } from '@lgtm-fleet/plan';
import { PREVIOUS, readTokenLine, tokenLine } from '@lgtm-fleet/resources';
import { htpasswdLine, takes, userOf } from '../htpasswd.ts';
import type { SecretChange, SecretInputs, SecretValues } from '../secrets.ts';

/** One kind of lines in Secret gateway-credentials, and what the gateway makes of them. */
export interface List {
  readonly kind: 'password' | 'token';
  /** The key of the Secret. */
  readonly key: 'htpasswd' | 'tokens';
  /** The key with what was shown before, which is there only while something changes. */
  readonly previous: string;
  /** Undefined for comments and whatever else is no line of a user. */
  readonly userOf: (line: string) => string | undefined;
  readonly write: (user: string, value: string, salt: () => Uint8Array) => string;
  /** Undefined where nobody here can say. */
  readonly takes: (line: string, value: string) => boolean | undefined;
  /** What the user shows, where the line itself has it. */
  readonly valueOf: (line: string) => string | undefined;
}

export const LISTS: Readonly<Record<List['kind'], List>> = {
  password: {
    kind: 'password',
    key: 'htpasswd',
    previous: `htpasswd${PREVIOUS}`,
    userOf,
    write: (user, value, salt) => htpasswdLine(user, value, salt()),
    takes,
    valueOf: () => undefined,
  },
  token: {
    kind: 'token',
    key: 'tokens',
    previous: `tokens${PREVIOUS}`,
    userOf: (line) => readTokenLine(line)?.user,
    write: (user, value) => tokenLine(user, value),
    takes: (line, value) => readTokenLine(line)?.token === value,
    valueOf: (line) => readTokenLine(line)?.token,
  },
};

/** The lines of a user, as they stand. */
export function linesOf(list: List, text: string, user: string): readonly string[] {
  return text.split('\n').filter((line) => list.userOf(line) === user);
}

/** The text with these lines in the place of the user's; everybody else's stay to the letter. */
export function withLines(list: List, text: string, user: string, lines: readonly string[]): string {
  const all = text.split('\n');
  const at = all.findIndex((line) => list.userOf(line) === user);
  const others = all.filter((line) => list.userOf(line) !== user);
  const place = at === -1 ? others.length - (others.at(-1) === '' ? 1 : 0) : at;
  const next = others.toSpliced(place, 0, ...lines).join('\n');
  return next === '' || next.endsWith('\n') ? next : `${next}\n`;
}

const GATEWAY = { namespace: 'observability', name: 'gateway-credentials' } as const;

/** What the gateway checks against. */
export function listed(present: SecretInputs['present']): SecretValues {
  return present.get(`${GATEWAY.namespace}/${GATEWAY.name}`) ?? {};
}

/** What makes one text of the lists into the other; a list that has no user goes, unless the gateway needs its file. */
export function gatewayChange(plan: Plan, before: SecretValues, after: SecretValues): SecretChange | undefined {
  const needed = plan.secrets.find(({ name }) => name === GATEWAY.name)?.keys ?? [];
  const changed = Object.entries(after).filter(([key, text]) => before[key] !== text);
  const isEmpty = ([key, text]: readonly [string, string]) => text.trim() === '' && !needed.includes(key);
  if (changed.length === 0) return undefined;
  return {
    ...GATEWAY,
    exists: true,
    values: Object.fromEntries(changed.filter((one) => !isEmpty(one))),
    removed: changed.filter(isEmpty).map(([key]) => key),
  };
}
