import type { Plan } from '@lgtm-fleet/plan';
import { tokenLine, tokensByUser } from '@lgtm-fleet/resources';
import type { Finding } from './facts.ts';
import { holdersOf, type Holder } from './holders.ts';
import { htpasswdLine, linesByUser } from './htpasswd.ts';
import { LISTS } from './rotation/lists.ts';

type Values = Readonly<Record<string, string>>;

export interface Lists {
  /** New texts of the keys that grow. */
  readonly values: Values;
  readonly findings: readonly Finding[];
}

/** What the gateway checks against: its lists grow by a line for whoever is new, and no line of theirs ever changes. */
export function gatewayLists(
  plan: Plan,
  present: Values | undefined,
  known: ReadonlyMap<string, string>,
  salt: () => Uint8Array,
): Lists {
  const holders = holdersOf(plan);
  const passwords = grown(
    present?.['htpasswd'] ?? '',
    linesByUser(present?.['htpasswd'] ?? ''),
    holders.flatMap(({ name, kind }) => (kind === 'password' ? [name] : [])),
    (user) => lineOf(known.get(user), (password) => htpasswdLine(user, password, salt())),
  );
  const tokens = grown(
    present?.['tokens'] ?? '',
    tokensByUser(present?.['tokens'] ?? ''),
    holders.flatMap(({ name, kind }) => (kind === 'token' ? [name] : [])),
    (user) => lineOf(known.get(user), (token) => tokenLine(user, token)),
  );
  return {
    values: {
      ...(passwords.text !== undefined && { htpasswd: passwords.text }),
      ...(tokens.text !== undefined && { tokens: tokens.text }),
    },
    findings: [
      ...[...new Set([...passwords.gone, ...tokens.gone, ...goneBefore(holders, present)])].map((user) =>
        extra(plan, user),
      ),
      ...(tokens.text !== undefined && present !== undefined ? [AT_START] : []),
    ],
  };
}

const AT_START: Finding = {
  id: 'tokens-at-start',
  severity: 'note',
  message: 'the gateway reads tokens when it starts, and so far knows those from before',
  help: 'once this has ended: kubectl --namespace=observability rollout restart deployment/gateway',
};

/** Who has a line of what was shown before, and is no user. */
function goneBefore(holders: readonly Holder[], present: Values | undefined): readonly string[] {
  return Object.values(LISTS).flatMap((list) =>
    (present?.[list.previous] ?? '').split('\n').flatMap((line) => {
      const user = list.userOf(line);
      return user === undefined || holders.some(({ name, kind }) => name === user && kind === list.kind) ? [] : [user];
    }),
  );
}

function extra({ cluster }: Plan, user: string): Finding {
  return {
    id: 'extra-user',
    severity: 'note',
    message: `Secret gateway-credentials still has a line of '${user}', whom the spec does not name with that kind of credential`,
    help: `the gateway lets it do nothing; so that it opens nothing when the name comes back: nx run tools:rotate --cluster=${cluster} --user=${user} --revoke`,
  };
}

function lineOf(value: string | undefined, write: (value: string) => string): readonly string[] {
  return value === undefined ? [] : [write(value)];
}

/** The whole new text, or none where every user has its line; and who has one and is no user. */
function grown(
  present: string,
  lines: ReadonlyMap<string, unknown>,
  users: readonly string[],
  write: (user: string) => readonly string[],
): { readonly text?: string; readonly gone: readonly string[] } {
  const added = users.filter((user) => !lines.has(user)).flatMap(write);
  const gone = [...lines.keys()].filter((user) => !users.includes(user));
  if (added.length === 0) return { gone };
  const kept = present === '' || present.endsWith('\n') ? present : `${present}\n`;
  return { text: `${kept}${added.join('\n')}\n`, gone };
}
