import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCleanup } from './cleanup.ts';

test('undoes each step once, the last one first, and goes on after one that fails', () => {
  const done: string[] = [];
  const cleanup = startCleanup();
  cleanup.add(() => done.push('first'));
  cleanup.add(() => {
    throw new Error('cannot be undone');
  });
  cleanup.add(() => done.push('last'));
  cleanup.run();
  cleanup.run();
  expect(done).toEqual(['last', 'first']);
  expect(process.listenerCount('SIGHUP')).toBe(0);
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s undoes too', async (signal, code) => {
  const program = `
    import { startCleanup } from ${JSON.stringify(join(import.meta.dirname, 'cleanup.ts'))};
    const cleanup = startCleanup();
    cleanup.add(() => process.stdout.write('undone'));
    setInterval(() => {}, 1000);
    process.stdout.write('ready ');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    if (said === '') child.kill(signal);
    said += part.toString();
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  expect({ said, exitCode }).toEqual({ said: 'ready undone', exitCode: code });
});
