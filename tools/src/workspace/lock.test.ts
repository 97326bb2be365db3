import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeCheckout, removeCheckout, writeAt } from '../testing/checkout.ts';
import { locked } from './lock.ts';

const LOCK = '.cache/lgtm-fleet/lock';
let root = '';
beforeEach(() => {
  root = makeCheckout();
});
afterEach(() => {
  vi.useRealTimers();
  removeCheckout(root);
});

test('the lock names its holder while work goes on, and is gone after it', async () => {
  expect(await locked(root, () => readFileSync(join(root, LOCK), 'utf8'))).toBe(String(process.pid));
  expect(readdirSync(join(root, '.cache/lgtm-fleet'))).toEqual([]);
});

test('the lock is gone after work that failed', async () => {
  await expect(locked(root, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(join(root, LOCK))).toBe(false);
});

test('the lock of a process that is dead is taken over', async () => {
  const { pid } = spawnSync('true');
  writeAt(root, LOCK, String(pid));
  expect(await locked(root, () => 'done')).toBe('done');
  expect(readdirSync(join(root, '.cache/lgtm-fleet'))).toEqual([]);
});

test('so is the lock of one that was killed before it wrote its name, and while it took over another', async () => {
  const { pid } = spawnSync('true');
  writeAt(root, LOCK, '');
  writeAt(root, `${LOCK}.takeover`, String(pid));
  utimesSync(join(root, LOCK), new Date(0), new Date(0));
  expect(await locked(root, () => 'done')).toBe('done');
  expect(readdirSync(join(root, '.cache/lgtm-fleet'))).toEqual([]);
});

test('one at a time, also where all find the same stale lock', async () => {
  writeAt(root, LOCK, String(spawnSync('true').pid));
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => locked(root, work)));
  expect(most).toBe(1);
});

test('who waits in vain is told for whom', async () => {
  writeAt(root, LOCK, String(process.ppid));
  vi.useFakeTimers();
  const waiting = locked(root, () => 'done');
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await waiting).toMatchObject({
    problem: true,
    exitCode: 2,
    message: `process ${String(process.ppid)} is writing to this checkout`,
  });
  expect(readFileSync(join(root, LOCK), 'utf8')).toBe(String(process.ppid));
});
