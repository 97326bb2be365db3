import { randomUUID } from 'node:crypto';
import type { Seen } from '../check.ts';
import type { Answer, Asked, Credential, FrontDoor } from '../front-door.ts';
import type { Users } from '../users.ts';
import { until } from '../wait.ts';

type User = keyof Users;
type Right = 'write' | 'read' | 'one' | 'nobody';

/** Written down by hand, and not taken from the plan: what each may. */
const MAY: Readonly<Record<User, readonly Right[]>> = {
  alpha: ['write', 'read', 'one'],
  beta: ['write', 'read', 'one'],
  gamma: ['write', 'read', 'one'],
  courier: ['write'],
  both: ['read'],
};

/** Requests that change nothing in the stores, and the right that each needs. */
const REQUESTS: readonly (readonly [method: string, path: string, right: Right, body?: string])[] = [
  ['POST', '/api/v1/push', 'write'],
  ['POST', '/otlp/v1/metrics', 'write', '{"resourceMetrics":[]}'],
  ['POST', '/loki/api/v1/push', 'write', '{"streams":[]}'],
  ['POST', '/otlp/v1/logs', 'write', '{"resourceLogs":[]}'],
  ['GET', '/api/v1/push', 'nobody'],
  ['PUT', '/loki/api/v1/push', 'nobody'],
  ['GET', '/prometheus/api/v1/query?query=up', 'read'],
  ['GET', '/prometheus/api/v1/labels', 'read'],
  ['GET', '/prometheus/api/v1/metadata', 'read'],
  ['DELETE', '/prometheus/api/v1/series', 'nobody'],
  ['GET', '/prometheus/api/v1/cardinality/label_names', 'one'],
  ['GET', '/prometheus/api/v1/rules', 'one'],
  ['GET', '/prometheus/config/v1/rules', 'one'],
  ['DELETE', '/prometheus/config/v1/rules/no-such-namespace', 'write'],
  ['GET', '/alertmanager/api/v2/silences', 'one'],
  ['DELETE', '/alertmanager/api/v2/silence/00000000-0000-0000-0000-000000000000', 'write'],
  ['GET', '/loki/api/v1/labels', 'read'],
  ['GET', '/loki/api/v1/query?query=vector(1)', 'read'],
  ['GET', '/loki/loki/api/v1/labels', 'read'],
  ['GET', '/loki/api/v1/delete', 'one'],
  ['GET', '/loki/api/v1/rules', 'one'],
  ['DELETE', '/loki/api/v1/rules/no-such-namespace', 'write'],
  ['GET', '/loki/prometheus/api/v1/rules', 'one'],
];

/** Paths of operators, plain and tricked: for nobody, whatever the store behind would say. */
const CLOSED: readonly string[] = [
  '/flush',
  '/shutdown',
  '/ingester/flush',
  '/ingester/shutdown',
  '/ingester/prepare-shutdown',
  '/config',
  '/runtime_config',
  '/ring',
  '/distributor/ring',
  '/memberlist',
  '/services',
  '/metrics',
  '/debug/pprof/heap',
  '/compactor/delete_tenant',
  '/multitenant_alertmanager/configs',
  '/loki/flush',
  '/loki/config',
  '/loki/metrics',
  '/tempo/flush',
  '/prometheus/api/v1/admin/tsdb/delete_series',
  '/FLUSH',
  '/flush;x=y',
  '/%66lush',
  '/may',
];

/** Paths that could be read in two ways: refused as such, for everybody. */
const TRICKED: readonly string[] = [
  '//flush',
  '/loki/api/v1/rules/../../../../flush',
  '/loki/api/v1/rules/%2e%2e/%2e%2e/%2e%2e/%2e%2e/flush',
  '/loki/api/v1/rules/..%2f..%2f..%2f..%2fflush',
  '/alertmanager/..%2fmultitenant_alertmanager%2fconfigs',
  '/loki/api/v1/query%00',
];

export interface Expected {
  readonly who: string;
  readonly as: Credential | undefined;
  readonly asked: Asked;
  /** What the gateway answers by itself; absent: the request reaches the store. */
  readonly refusal?: readonly number[];
}

/** Every user with every request, and those who are nobody with some. */
export function expectations(users: Users): readonly Expected[] {
  const claimed = { 'X-Scope-OrgID': 'gamma', 'x-scope-orgid': 'beta' };
  const strangers: readonly (readonly [string, Credential | undefined])[] = [
    ['nobody', undefined],
    ['alpha with a wrong password', { tenant: 'alpha', password: 'wrong' }],
    ["alpha with beta's password", { ...users.beta, tenant: 'alpha' }],
    ['gamma with its token as a password', { tenant: 'gamma', password: users.gamma.password }],
    ['a token that there is not', { tenant: '', password: 'no-such-token-123', kind: 'token' }],
  ];
  return [
    ...(Object.keys(MAY) as User[]).flatMap((user) => [
      ...REQUESTS.map(([method, path, right, body]): Expected => ({
        who: user,
        as: users[user],
        asked: { method, path, headers: claimed, ...(body !== undefined && { body }) },
        ...(!MAY[user].includes(right) && { refusal: [403] }),
      })),
      ...CLOSED.map((path) => refused(user, users[user], path, [403, 404])),
      ...TRICKED.map((path) => refused(user, users[user], path, [400, 404])),
    ]),
    ...strangers.flatMap(([who, as]) =>
      REQUESTS.slice(0, 8).map(([method, path]): Expected => ({ who, as, asked: { method, path }, refusal: [401] })),
    ),
    ...strangers.flatMap(([who, as]) => CLOSED.slice(0, 4).map((path) => refused(who, as, path, [403, 404]))),
  ];
}

function refused(who: string, as: Credential | undefined, path: string, refusal: readonly number[]): Expected {
  return { who, as, asked: { method: 'POST', path }, refusal };
}

/** What is wrong with an answer; nothing where it is as it should be. The pages of nginx are signed by it. */
export function fault({ who, asked, refusal }: Expected, { status, text }: Answer): string | undefined {
  const byGateway = status >= 400 && text.includes('<center>nginx</center>');
  const right = refusal === undefined ? !byGateway && status !== 0 : byGateway && refusal.includes(status);
  if (right) return undefined;
  const wanted = refusal === undefined ? 'an answer of the store' : refusal.join(' or ');
  const from = byGateway ? 'the gateway' : 'the store';
  return `${who}: ${asked.method} ${asked.path} was answered ${String(status)} by ${from} instead of ${wanted}`;
}

/** At the same time, so that the second for which each wrong password waits is waited once. */
const AT_ONCE = 12;

export async function frontDoorMatrix(door: FrontDoor, users: Users): Promise<Seen> {
  const all = expectations(users);
  const faults: string[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const answers = all.slice(from, from + AT_ONCE).map(async (expected) => {
      const found = fault(expected, await door.ask(expected.as, expected.asked));
      if (found !== undefined) faults.push(found);
    });
    await Promise.all(answers);
  }
  if (faults.length > 0)
    throw new Error(`${String(faults.length)} of ${String(all.length)}: ${faults.slice(0, 8).join('; ')}`);
  const together = await readTogether(door, users);
  return { detail: `${String(all.length)} requests; ${together}` };
}

/** Each writes a line and a sample and claims to be another; each then sees its own, and the reader those of two. */
async function readTogether(door: FrontDoor, users: Users): Promise<string> {
  const run = randomUUID();
  const writers = ['alpha', 'beta', 'gamma', 'courier'] as const;
  for (const by of writers) {
    const atMs = Date.now();
    const statuses = await Promise.all([
      door.pushMetrics(users[by], [{ name: 'e2e_together', labels: { run, by }, atMs, value: 1 }]),
      door
        .ask(users[by], {
          method: 'POST',
          path: '/loki/api/v1/push',
          headers: { 'X-Scope-OrgID': by === 'beta' ? 'gamma' : 'beta' },
          body: JSON.stringify({
            streams: [{ stream: { job: 'together', run, by }, values: [[`${String(atMs)}000000`, by]] }],
          }),
        })
        .then(({ status }) => status),
    ]);
    if (statuses.some((status) => status < 200 || status > 299))
      throw new Error(`${by} pushed, and was answered ${statuses.join(' and ')}`);
  }
  const sees: Readonly<Record<'alpha' | 'beta' | 'gamma' | 'both', readonly string[]>> = {
    alpha: ['alpha', 'courier'],
    beta: ['beta'],
    gamma: ['gamma'],
    both: ['alpha', 'beta', 'courier'],
  };
  for (const [reader, wanted] of Object.entries(sees) as [keyof typeof sees, readonly string[]][]) {
    const exactly = wanted.join(' ');
    await until(`${reader} to see what ${exactly} wrote`, { seconds: 60 }, async () => {
      const lines = (await door.lines(users[reader], `{job="together", run="${run}"}`)).toSorted().join(' ');
      const series = (await door.samples(users[reader], `e2e_together{run="${run}"}`))
        .map(({ labels }) => labels['by'] ?? '')
        .toSorted()
        .join(' ');
      if (lines === exactly && series === exactly) return true;
      throw new Error(`lines of ${lines}, series of ${series}`);
    });
  }
  return 'both sees alpha and beta together, and nothing of gamma';
}
