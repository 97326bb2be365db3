import { expect, test } from 'vitest';
import { run } from './run.ts';
import { openStarter } from './starter.ts';

test('gives what a program started by this process gives, however much that is', async () => {
  const starter = openStarter();
  try {
    const programs = [
      ['/bin/sh', '-c', 'echo out; echo err >&2'],
      ['/bin/sh', '-c', 'echo out; echo err >&2; exit 3'],
      ['/bin/sh', '-c', 'yes 0123456789 | head -c 5000000'],
      ['/no/such/program'],
    ] as const;
    for (const [command, ...args] of programs)
      expect(await starter.run(command, args)).toEqual(await run(command, args));
  } finally {
    starter.close();
  }
});

test('says so where it has ended, and answers what was asked before', async () => {
  const starter = openStarter();
  const slow = starter.run('/bin/sh', ['-c', 'sleep 1']);
  starter.close();
  expect(await slow).toEqual({ stdout: '', stderr: '', failure: 'what starts programs ended with 0' });
  expect(await starter.run('/bin/true', [])).toMatchObject({ failure: 'what starts programs has ended' });
});
