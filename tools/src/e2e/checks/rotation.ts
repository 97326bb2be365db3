import { setTimeout as sleep } from 'node:timers/promises';
import { shortfall, type Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import type { Counts } from '../report.ts';
import { until } from '../wait.ts';
import { write, type Written } from '../writer.ts';
import { readAll } from './durability.ts';

export interface Rotating {
  readonly door: FrontDoor;
  /** The command, for all of the users; what it printed. @throws Error with what it complained of, where it failed */
  readonly rotate: (...flags: readonly string[]) => Promise<string>;
  /** What Secrets say that a user shows. */
  readonly shown: (user: Credential) => Promise<Credential>;
}

interface Times {
  /** How long the writers write before and after each step. */
  readonly settleMs: number;
  /** The kubelet brings collectors their file within two minutes, and then nobody must have shown the other. */
  readonly handOverSeconds: number;
  readonly unusedFor: string;
  /** And the gateway its own. */
  readonly refusedSeconds: number;
  readonly everyMs: number;
}

const TIMES: Times = {
  settleMs: 5000,
  handOverSeconds: 420,
  unusedFor: '20s',
  refusedSeconds: 180,
  everyMs: 5000,
};

/**
 * Users get another password or token while somebody writes as each of them. Nobody is refused, the end is not done
 * while the writers show what they showed before, and from then on that is refused and nothing else.
 */
export async function rotatedUnderLoad(
  on: Rotating,
  before: readonly Credential[],
  times: Times = TIMES,
): Promise<Seen> {
  const showing = new Map(before.map((user) => [user.tenant, user]));
  const writers = before.map((user) =>
    write(on.door, () => showing.get(user.tenant) ?? user, `rotated-${user.tenant}`),
  );
  const stopped = () => Promise.all(writers.map(({ stop }) => stop()));
  await sleep(times.settleMs);
  const outcome = await bothHalves(on, before, times, (after) => {
    for (const user of after) showing.set(user.tenant, user);
  }).catch(async (error: unknown) => {
    await stopped();
    throw error;
  });
  await sleep(times.settleMs);
  const written = await stopped();
  const refused = refusals(written);
  if (refused !== undefined)
    throw shortfall(refused, sum(written.map(({ pushed, acknowledged }) => ({ pushed, acknowledged }))));
  const counts: Counts[] = [];
  for (const [index, one] of written.entries()) {
    const as = outcome.after[index];
    if (as === undefined) throw new Error(`nobody reads what ${one.name} wrote`);
    counts.push((await readAll({ door: on.door, as }, one)).counts ?? {});
  }
  const gap = Math.max(...written.map(({ longestGap }) => longestGap));
  return {
    counts: sum(counts),
    detail: `refused ${outcome.refusedAfter.toFixed(0)} s after the end; longest time without an acknowledgement ${gap.toFixed(1)} s`,
  };
}

interface Outcome {
  readonly after: readonly Credential[];
  /** Seconds from the end until what was shown before was refused. */
  readonly refusedAfter: number;
}

async function bothHalves(
  { door, rotate, shown }: Rotating,
  before: readonly Credential[],
  times: Times,
  handOver: (after: readonly Credential[]) => void,
): Promise<Outcome> {
  await rotate();
  const after = await Promise.all(before.map(shown));
  const same = after.filter(({ password }, index) => password === before[index]?.password);
  if (same.length > 0) throw new Error(`${same.map(({ tenant }) => tenant).join(', ')} got nothing new`);
  const again = await rotate();
  if (!again.includes('nothing was changed')) throw new Error(`a second run changed something: ${again}`);
  await expectOpen(door, [...before, ...after], 'between the halves');
  await sleep(times.settleMs);
  const end = (): Promise<string> => rotate('--finish', `--unused-for=${times.unusedFor}`);
  const early = await end().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (!early.includes('still in use')) throw new Error(`the end did not wait for the writers: ${early}`);
  handOver(after);
  const { everyMs } = times;
  await until('nobody to show what was shown before', { seconds: times.handOverSeconds, everyMs }, end);
  const start = performance.now();
  await until('what was shown before to be refused', { seconds: times.refusedSeconds, everyMs: 1000 }, async () => {
    const answered = await statuses(door, before);
    return answered.every((status) => status === 401) ? true : undefined;
  });
  const refusedAfter = (performance.now() - start) / 1000;
  await expectOpen(door, after, 'after the end');
  return { after, refusedAfter };
}

async function expectOpen(door: FrontDoor, users: readonly Credential[], when: string): Promise<void> {
  const answered = await statuses(door, users);
  const wrong = users.flatMap(({ tenant }, index) =>
    answered[index] === 200 ? [] : [`${tenant} was answered ${String(answered[index])}`],
  );
  if (wrong.length > 0) throw new Error(`${when}, ${wrong.join(', ')}`);
}

/** Whatever is answered; asked again where nothing is, since a connection may have ended with its pod. */
function statuses(door: FrontDoor, users: readonly Credential[]): Promise<readonly number[]> {
  return Promise.all(
    users.map(async (user) => {
      const asked = () => door.get(user, '/loki/api/v1/labels');
      return (await until(`an answer to ${user.tenant}`, { seconds: 30 }, asked)).status;
    }),
  );
}

/** What the gateway answered to whom it does not know, or not so; connections that end with a pod are none of it. */
function refusals(written: readonly Written[]): string | undefined {
  const found = written.flatMap(({ name, statuses: answered }) =>
    [401, 403].flatMap((status) => {
      const times = answered.get(status);
      return times === undefined ? [] : [`${name} was answered ${String(status)} ${String(times)} times`];
    }),
  );
  return found.length === 0 ? undefined : found.join('; ');
}

function sum(all: readonly Counts[]): Counts {
  const of = (key: keyof Counts): number => all.reduce((total, counts) => total + (counts[key] ?? 0), 0);
  return { pushed: of('pushed'), acknowledged: of('acknowledged'), readBack: of('readBack'), lost: of('lost') };
}
