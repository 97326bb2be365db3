import { setTimeout as sleep } from 'node:timers/promises';
import { shortfall, type Seen } from './check.ts';
import type { Credential, FrontDoor } from './front-door.ts';

/**
 * Pushes numbered samples and lines until it is stopped, and remembers which were acknowledged. What was not
 * acknowledged is pushed again as it is, as every real collector does, and what is never acknowledged may be lost.
 */
export interface Writer {
  readonly stop: () => Promise<Written>;
}

export interface Written {
  readonly pushed: number;
  readonly acknowledged: number;
  readonly metrics: ReadonlyMap<number, number>;
  readonly lines: ReadonlySet<string>;
  readonly name: string;
  /** Longest time, in seconds, for which no push at all was acknowledged. */
  readonly longestGap: number;
  /** How many pushes were answered so; 0 is no answer. */
  readonly statuses: ReadonlyMap<number, number>;
}

const PAUSE_MS = 250;
/** Longer than any store is away: what is given up is not pushed again. */
const TRIES = 1600;
const METRIC = 'e2e_written';

/** @param shows asked before each push: a credential may change */
export function write(door: FrontDoor, shows: Credential | (() => Credential), name: string): Writer {
  const as = (): Credential => (typeof shows === 'function' ? shows() : shows);
  let stopped = false;
  let pushed = 0;
  let longestGap = 0;
  let lastAck = performance.now();
  const metrics = new Map<number, number>();
  const lines = new Set<string>();
  const statuses = new Map<number, number>();

  const acknowledged = async (push: () => Promise<number>): Promise<boolean> => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      pushed += 1;
      const status = await push().catch(() => 0);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 200 && status < 300) {
        longestGap = Math.max(longestGap, (performance.now() - lastAck) / 1000);
        lastAck = performance.now();
        return true;
      }
      await sleep(PAUSE_MS);
      if (stopped) return false;
    }
    return false;
  };
  const writing = (async () => {
    // `stopped` is set from outside while this waits.
    for (let index = 0; !(stopped as boolean); index += 1) {
      const atMs = Date.now();
      const text = `${name} ${String(index)}`;
      const [metric, line] = await Promise.all([
        acknowledged(() => door.pushMetrics(as(), [{ name: METRIC, labels: { run: name }, atMs, value: index }])),
        acknowledged(() => door.pushLogs(as(), { job: 'e2e', run: name }, [{ atMs, text }])),
      ]);
      if (metric) metrics.set(atMs, index);
      if (line) lines.add(text);
      await sleep(PAUSE_MS);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await writing;
      return { pushed, acknowledged: metrics.size + lines.size, metrics, lines, name, longestGap, statuses };
    },
  };
}

/**
 * Reads back what a writer wrote.
 * @throws Shortfall where something acknowledged is not there
 */
export async function readBack(door: FrontDoor, as: Credential, written: Written): Promise<Seen> {
  const series = await door.samples(as, `${METRIC}{run="${written.name}"}`);
  const found = new Map(series.flatMap(({ values }) => values));
  const lines = new Set(await door.lines(as, `{job="e2e", run="${written.name}"}`));
  const missingSamples = [...written.metrics].filter(([atMs, value]) => found.get(atMs) !== value).length;
  const missingLines = [...written.lines].filter((line) => !lines.has(line)).length;
  const lost = missingSamples + missingLines;
  const counts = {
    pushed: written.pushed,
    acknowledged: written.acknowledged,
    readBack: written.acknowledged - lost,
    lost,
  };
  if (written.metrics.size === 0 || written.lines.size === 0)
    throw shortfall('nothing was acknowledged, so nothing is proven', counts);
  if (lost > 0) throw shortfall(`${String(missingSamples)} samples and ${String(missingLines)} lines are lost`, counts);
  return { counts };
}
