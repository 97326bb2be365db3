import { expect, test } from 'vitest';
import { endPrograms, mustRun, runProgram } from './programs.ts';

const shell = (script: string, timeoutSeconds?: number) =>
  runProgram('/bin/sh', ['-c', script], timeoutSeconds === undefined ? {} : { timeoutSeconds });

test('what a program said, and how it ended', async () => {
  expect(await shell('echo out; echo err >&2; exit 3')).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
});

test.each([
  ['a program that is not there', 'no-such-program', /ENOENT/],
  ['a program that takes too long', 'sleep', /longer than 0.2 s/],
])('%s', async (_, program, words) => {
  await expect(mustRun(program, ['60'], { timeoutSeconds: 0.2 })).rejects.toThrow(words);
});

test('a program is ended together with what it has started', async () => {
  // Its streams are closed only when the last of them is gone.
  const ended = shell('sleep 60 & sleep 60; echo went on');
  endPrograms();
  expect(await ended).toMatchObject({ code: 1, stdout: '' });
});
