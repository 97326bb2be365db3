import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { within } from './deadline.ts';

const late = new Error('too late');

test('work within its time gives what it gives, and is told nothing', async () => {
  let told: AbortSignal | undefined;
  const given = await within({ milliseconds: 10_000, late }, async (signal) => {
    told = signal;
    await sleep(1);
    return 7;
  });
  expect([given, told?.aborted]).toEqual([7, false]);
});

test('an error of the work is thrown as it is', async () => {
  const own = new Error('its own');
  await expect(within({ milliseconds: 10_000, late }, () => Promise.reject(own))).rejects.toBe(own);
});

test('work that never ends is told, and is not waited for', async () => {
  let told: AbortSignal | undefined;
  const never = within({ milliseconds: 5, late }, (signal) => {
    told = signal;
    return new Promise<never>(() => undefined);
  });
  await expect(never).rejects.toBe(late);
  expect(told?.reason).toBe(late);
});

test('nobody waits any more: the reason of the signal is thrown, and work is not begun after it', async () => {
  const outer = new AbortController();
  const reason = new Error('gone');
  const deadline = { milliseconds: 10_000, late, signal: outer.signal };
  const waiting = within(deadline, () => new Promise<never>(() => undefined));
  outer.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  let begun = false;
  const again = within(deadline, () => {
    begun = true;
    return Promise.resolve();
  });
  await expect(again).rejects.toBe(reason);
  expect(begun).toBe(false);
});
