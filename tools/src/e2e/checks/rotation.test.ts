import { expect, test } from 'vitest';
import type { Credential, FrontDoor, Line, Sample } from '../front-door.ts';
import { rotatedUnderLoad, type Rotating } from './rotation.ts';

const QUICK = { settleMs: 300, handOverSeconds: 3, unusedFor: '1s', refusedSeconds: 2, everyMs: 100 };
const BEFORE: readonly Credential[] = [
  { tenant: 'alpha', password: 'old-of-alpha' },
  { tenant: 'gamma', password: 'old-of-gamma', kind: 'token' },
];

/** What may go wrong with a rotation. */
interface Faults {
  /** The gateway forgets the old ones at once. */
  readonly noOverlap?: boolean;
  /** The end is done whoever still shows the old ones. */
  readonly hasty?: boolean;
  /** Nothing is taken away at the end. */
  readonly stays?: boolean;
  /** A second run makes another one. */
  readonly restless?: boolean;
  /** Nothing new is made. */
  readonly idle?: boolean;
}

/** A cluster with a gateway, and what it keeps, as far as this check sees it. */
function cluster(faults: Faults): Rotating {
  const now = new Map(BEFORE.map(({ tenant, password }) => [tenant, password]));
  const before = new Map<string, string>();
  const samples: Sample[] = [];
  const lines: Line[] = [];
  let made = 0;
  let underWay = false;
  let lastOutdated = 0;
  const taken = ({ tenant, password }: Credential): boolean => {
    if (before.get(tenant) === password) lastOutdated = Date.now();
    return now.get(tenant) === password || before.get(tenant) === password;
  };
  const push = (as: Credential, keep: () => void): Promise<number> => {
    if (!taken(as)) return Promise.resolve(401);
    keep();
    return Promise.resolve(204);
  };
  const unused = (): never => {
    throw new Error('not used here');
  };
  const named = (text: string) => new RegExp(/run="([^"]+)"/.exec(text)?.[1] ?? '');
  const door: FrontDoor = {
    url: 'http://127.0.0.1:9',
    pushMetrics: (as, pushed) => push(as, () => samples.push(...pushed)),
    pushLogs: (as, _, pushed) => push(as, () => lines.push(...pushed)),
    lines: (_, query) => Promise.resolve(lines.map(({ text }) => text).filter((text) => named(query).test(text))),
    samples: (_, query) =>
      Promise.resolve([
        {
          labels: {},
          values: samples
            .filter(({ labels }) => named(query).test(labels['run'] ?? ''))
            .map(({ atMs, value }) => [atMs, value] as const),
        },
      ]),
    get: (as) => Promise.resolve({ status: as !== undefined && taken(as) ? 200 : 401, text: '' }),
    pushLogsByOtlp: unused,
    ask: unused,
    send: unused,
  };
  const begin = (): string => {
    if (underWay && faults.restless !== true) return 'all of it was done: nothing was changed';
    underWay = true;
    for (const [tenant, password] of now) {
      if (faults.noOverlap !== true) before.set(tenant, password);
      if (faults.idle !== true) now.set(tenant, `new-${String((made += 1))}`);
    }
    return 'written';
  };
  const finish = (): string => {
    if (faults.hasty !== true && Date.now() - lastOutdated < 500) throw new Error('it is still in use');
    if (faults.stays !== true) before.clear();
    return 'written';
  };
  return {
    door,
    rotate: (flag) =>
      new Promise((resolve) => {
        resolve(flag === '--finish' ? finish() : begin());
      }),
    shown: (user) => Promise.resolve({ ...user, password: now.get(user.tenant) ?? '' }),
  };
}

test('where nobody is refused until the end, and then only the old ones, nothing is lost', async () => {
  const { counts, detail } = await rotatedUnderLoad(cluster({}), BEFORE, QUICK);
  expect(counts).toMatchObject({ lost: 0, readBack: counts?.acknowledged });
  expect(counts?.acknowledged).toBeGreaterThan(4);
  expect(detail).toMatch(/^refused 0 s after the end; longest time without an acknowledgement \d\.\d s$/);
});

test.each<readonly [string, Faults, RegExp]>([
  [
    'the gateway forgets the old ones at once',
    { noOverlap: true },
    /between the halves, alpha was answered 401, gamma was/,
  ],
  ['the end does not wait for who still shows the old ones', { hasty: true }, /the end did not wait for the writers/],
  ['the old ones open after the end', { stays: true }, /what was shown before to be refused/],
  ['a second run makes another one', { restless: true }, /a second run changed something/],
  ['nothing new is made', { idle: true }, /alpha, gamma got nothing new/],
])('%s', { timeout: 20_000 }, async (_, faults, words) => {
  await expect(rotatedUnderLoad(cluster(faults), BEFORE, QUICK)).rejects.toThrow(words);
});

test('a refused push is a failure, though the writer tried again and nothing is lost', async () => {
  const on = cluster({});
  let refusals = 1;
  const door: FrontDoor = {
    ...on.door,
    pushLogs: (as, labels, lines) =>
      (refusals -= 1) === 0 ? Promise.resolve(401) : on.door.pushLogs(as, labels, lines),
  };
  await expect(rotatedUnderLoad({ ...on, door }, BEFORE, QUICK)).rejects.toMatchObject({
    message: 'rotated-alpha was answered 401 1 times',
  });
});
