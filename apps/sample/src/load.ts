import { ROOT_CONTEXT } from '@opentelemetry/api';
import { setTimeout as sleep } from 'node:timers/promises';
import { get } from './http.ts';
import { messageOf, type Telemetry } from './telemetry.ts';

/** One round of requests. It ends after `count` requests or after `deadlineSeconds`, whichever comes first. */
export interface Round {
  readonly url: URL;
  readonly count: number;
  /** Requests a second; they are begun at this rate, one waits for no other. */
  readonly rate: number;
  readonly deadlineSeconds: number;
  /** Every how many requests one is slow, and one fails; 0 is never. */
  readonly slowEvery: number;
  readonly failEvery: number;
}

export interface Summary {
  readonly sent: number;
  /** Answered with 200. */
  readonly ok: number;
  /** Answered otherwise, or not at all. */
  readonly failed: number;
  readonly seconds: number;
  /** Of the first few requests. */
  readonly traceIds: readonly string[];
}

const SHOWN_TRACES = 5;

/** @param stop ends the round early: no request is begun any more, those under way are waited for */
export async function runRound(telemetry: Telemetry, round: Round, stop: AbortSignal): Promise<Summary> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const under: Promise<{ readonly ok: boolean; readonly traceId?: string }>[] = [];
  const ends = AbortSignal.any([stop, AbortSignal.timeout(round.deadlineSeconds * 1000)]);
  while (under.length < round.count) {
    const wait = (under.length / round.rate - elapsed()) * 1000;
    // Rejects as soon as the round ends.
    if (wait > 0) await sleep(wait, undefined, { signal: ends }).catch(() => undefined);
    if (ends.aborted) break;
    under.push(request(telemetry, round, under.length + 1));
  }
  const results = await Promise.all(under);
  const ok = results.filter((result) => result.ok).length;
  return {
    sent: results.length,
    ok,
    failed: results.length - ok,
    seconds: Math.round(elapsed() * 1000) / 1000,
    traceIds: results.flatMap(({ traceId }) => traceId ?? []).slice(0, SHOWN_TRACES),
  };
}

async function request(telemetry: Telemetry, round: Round, number: number) {
  const every = (steps: number) => steps > 0 && number % steps === 0;
  const url = new URL('/checkout', round.url);
  url.searchParams.set('items', String(1 + (number % 3)));
  if (every(round.slowEvery)) url.searchParams.set('slow', '1');
  if (every(round.failEvery)) url.searchParams.set('fail', '1');
  try {
    const { status, traceId } = await get(telemetry, url, ROOT_CONTEXT);
    return { ok: status === 200, traceId };
  } catch (error) {
    telemetry.log('warn', `no answer: ${messageOf(error)}`, { 'url.full': url.href }, ROOT_CONTEXT);
    return { ok: false };
  }
}
