import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { expect, test } from 'vitest';
import { startCleanup } from '../cleanup.ts';
import { answering, startDaemon } from './daemon.ts';

/** A Node that runs a script, with its arguments after it. */
const node = (script: string, ...args: readonly string[]): readonly [string, readonly string[]] => [
  process.execPath,
  ['--eval', script, ...args],
];
const SERVE = `
  const { createServer } = require('node:http');
  let asked = 0;
  createServer((_, response) => response.end(String(++asked))).listen(process.argv[1], '127.0.0.1');
`;

test('a program answers when it says what it should, until the cleanup', async () => {
  const cleanup = startCleanup();
  const port = await freePort('127.0.0.1');
  const url = `http://127.0.0.1:${String(port)}/`;
  const daemon = startDaemon(cleanup, ...node(SERVE, String(port)));
  await answering([daemon], url, 20, (text) => Number(text) >= 3);
  expect(daemon.ended()).toBe(false);
  cleanup.run();
  await expect.poll(() => daemon.ended(), { timeout: 5000 }).toBe(true);
  await expect(fetch(url)).rejects.toThrow();
});

test.each([
  ['ends', 'echo no more room >&2; exit 3', 20, /has ended: no more room$/],
  ['does not answer', 'echo waits; exec sleep 60', 3, /waited 3 s for .*: waits$/],
])('of a program that %s, the last words are told', async (_, script, seconds, words) => {
  const cleanup = startCleanup();
  try {
    const daemon = startDaemon(cleanup, '/bin/sh', ['-c', script]);
    await expect(answering([daemon], 'http://127.0.0.1:9/', seconds)).rejects.toThrow(words);
  } finally {
    cleanup.run();
  }
});

test('a program that is not there has ended', async () => {
  const cleanup = startCleanup();
  try {
    const daemon = startDaemon(cleanup, '/no/such/program', []);
    await expect(answering([daemon], 'http://127.0.0.1:9/', 20)).rejects.toThrow(/has ended: .*ENOENT/);
  } finally {
    cleanup.run();
  }
});

test('what a program asks itself is looked at, too', async () => {
  const cleanup = startCleanup();
  const port = await freePort('127.0.0.1');
  try {
    const front = startDaemon(cleanup, ...node(SERVE, String(port)));
    const behind = startDaemon(cleanup, '/bin/sh', ['-c', 'echo broken; exit 1']);
    const waiting = answering([front, behind], `http://127.0.0.1:${String(port)}/`, 20, () => false);
    await expect(waiting).rejects.toThrow('broken');
  } finally {
    cleanup.run();
  }
});

test('a program has the environment that it was given', async () => {
  const cleanup = startCleanup();
  const daemon = startDaemon(cleanup, ...node('console.log(process.env.PLACE)'), { env: { PLACE: 'outside' } });
  await expect.poll(() => daemon.log(), { timeout: 10_000 }).toBe('outside');
  cleanup.run();
});
