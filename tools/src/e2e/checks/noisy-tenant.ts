import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { readBack, write } from '../writer.ts';

/** Requests of each kind whose time is taken, before and during the noise. */
const MEASURED = 60;
const TIMES_ITS_LIMIT = 10;
const MOST = 1.5;
/** So long, at ten times the rate, lasts the burst that the limit allows; only then is anything refused. */
const BURST_SECONDS = 12;
/** The noise ends by itself, however slow what is measured meanwhile. */
const NOISE_SECONDS = 60;
const LINE = 'x'.repeat(2000);

interface Times {
  readonly writes: readonly number[];
  readonly reads: readonly number[];
}

/**
 * A tenant pushes ten times what it may, and is refused; its neighbour writes and reads as fast as before, and loses
 * nothing. Median times, since a single request may meet a flush or a collection of garbage.
 */
export async function besideNoise(
  door: FrontDoor,
  as: Credential,
  noisy: Credential,
  bytesPerSecond: number,
): Promise<Seen> {
  const writer = write(door, as, 'beside-noise');
  const before = await measure(door, as, 'before');
  const noise = flood(door, noisy, bytesPerSecond * TIMES_ITS_LIMIT);
  await sleep(BURST_SECONDS * 1000);
  const during = await measure(door, as, 'during').finally(noise.end);
  const { refused, accepted, others } = await noise.ended;
  const written = await writer.stop();
  if (refused === 0) throw new Error(`none of ${String(accepted)} pushes at ten times the limit was answered 429`);
  if (others.size > 0) throw new Error(`the noisy tenant was answered ${[...others].join(', ')}, too`);
  const slower = [slowdown('writes', before.writes, during.writes), slowdown('reads', before.reads, during.reads)];
  const wrong = slower.filter(({ ratio }) => ratio > MOST);
  if (wrong.length > 0) throw new Error(wrong.map(({ text }) => text).join('; '));
  const { counts } = await readBack(door, as, written);
  const detail = `${String(refused)} of ${String(refused + accepted)} pushes answered 429; ${slower.map(({ text }) => text).join('; ')}`;
  return { ...(counts !== undefined && { counts }), detail };
}

/** Median time of requests during the noise over that before it. */
export function slowdown(
  what: string,
  before: readonly number[],
  during: readonly number[],
): { readonly ratio: number; readonly text: string } {
  const [was, is] = [median(before), median(during)];
  const ratio = is / was;
  return { ratio, text: `${what} took ${is.toFixed(1)} ms, before ${was.toFixed(1)} ms, ${ratio.toFixed(2)} times` };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}

async function measure(door: FrontDoor, as: Credential, phase: string): Promise<Times> {
  const writes: number[] = [];
  const reads: number[] = [];
  for (let index = 0; index < MEASURED; index += 1) {
    const line = { atMs: Date.now(), text: `${phase} ${String(index)}` };
    writes.push(await timed(() => door.pushLogs(as, { job: 'e2e-measured', phase }, [line])));
    reads.push(
      await timed(async () => (await door.get(as, '/loki/api/v1/query?query=vector(1)')).status),
      await timed(async () => (await door.get(as, '/prometheus/api/v1/query?query=up')).status),
    );
    await sleep(50);
  }
  return { writes, reads };
}

async function timed(request: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const status = await request();
  if (status < 200 || status > 299) throw new Error(`a measured request was answered ${String(status)}`);
  return performance.now() - start;
}

interface Flood {
  readonly refused: number;
  readonly accepted: number;
  /** Answers that are neither. */
  readonly others: ReadonlySet<number>;
}

interface Noise {
  readonly end: () => void;
  readonly ended: Promise<Flood>;
}

/** Pushes so many bytes each second, a part of them every quarter, whatever is answered. */
function flood(door: FrontDoor, as: Credential, bytesPerSecond: number): Noise {
  let going = true;
  const end = () => {
    going = false;
  };
  return { end, ended: flooding(door, as, bytesPerSecond, () => going) };
}

async function flooding(door: FrontDoor, as: Credential, bytesPerSecond: number, going: () => boolean): Promise<Flood> {
  const lines = Math.ceil(bytesPerSecond / 4 / LINE.length);
  const statuses: Promise<number>[] = [];
  for (let quarter = 0; quarter < NOISE_SECONDS * 4 && going(); quarter += 1) {
    const batch = Array.from({ length: lines }, (_, index) => ({ atMs: Date.now(), text: `${String(index)} ${LINE}` }));
    statuses.push(door.pushLogs(as, { job: 'e2e-noise' }, batch).catch(() => 0));
    await sleep(250);
  }
  const answered = await Promise.all(statuses);
  return {
    refused: answered.filter((status) => status === 429).length,
    accepted: answered.filter((status) => status >= 200 && status < 300).length,
    others: new Set(answered.filter((status) => status !== 429 && (status < 200 || status > 299))),
  };
}
