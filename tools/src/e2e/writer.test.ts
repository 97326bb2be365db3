import { expect, test } from 'vitest';
import type { FrontDoor, Line, Sample } from './front-door.ts';
import { readBack, write } from './writer.ts';
import { until } from './wait.ts';

const as = { tenant: 'main', password: 'x' };

/** A gateway that keeps what it acknowledges, refuses the pushes that it is told to, and forgets what it is told to. */
function door(refuses: (push: number) => boolean, forgets: (text: string) => boolean): FrontDoor {
  const samples: Sample[] = [];
  const lines: Line[] = [];
  let pushes = 0;
  const take = (keep: () => void): Promise<number> => {
    pushes += 1;
    if (refuses(pushes)) return Promise.resolve(503);
    keep();
    return Promise.resolve(204);
  };
  const unused = (): never => {
    throw new Error('not used here');
  };
  return {
    url: '',
    pushMetrics: (_, pushed) => take(() => samples.push(...pushed)),
    pushLogs: (_, __, pushed) => take(() => lines.push(...pushed)),
    lines: () => Promise.resolve(lines.map(({ text }) => text).filter((text) => !forgets(text))),
    samples: () => Promise.resolve([{ labels: {}, values: samples.map(({ atMs, value }) => [atMs, value] as const) }]),
    pushLogsByOtlp: unused,
    get: unused,
    ask: unused,
    send: unused,
  };
}

test('what was refused is pushed again, and everything acknowledged is read back', async () => {
  const front = door(
    (push) => push % 3 === 0,
    () => false,
  );
  const writer = write(front, as, 'test');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const written = await writer.stop();
  expect(written.acknowledged).toBeGreaterThan(2);
  expect(written.pushed).toBeGreaterThan(written.acknowledged);
  const { counts } = await readBack(front, as, written);
  expect(counts).toEqual({
    pushed: written.pushed,
    acknowledged: written.acknowledged,
    readBack: written.acknowledged,
    lost: 0,
  });
});

test('one lost line is a failure with its number', async () => {
  const front = door(
    () => false,
    (text) => text === 'test 0',
  );
  const writer = write(front, as, 'test');
  await new Promise((resolve) => setTimeout(resolve, 600));
  const written = await writer.stop();
  await expect(readBack(front, as, written)).rejects.toMatchObject({
    message: '0 samples and 1 lines are lost',
    counts: { lost: 1 },
  });
});

test('where nothing was acknowledged, nothing is proven', async () => {
  const front = door(
    () => true,
    () => false,
  );
  const writer = write(front, as, 'test');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expect(readBack(front, as, await writer.stop())).rejects.toThrow('nothing is proven');
});

test('what never comes is waited for no longer than was said, and the last error is told', async () => {
  const never = until('the end', { seconds: 0.05, everyMs: 10 }, () => Promise.reject(new Error('not yet')));
  await expect(never).rejects.toThrow('waited 0.05 s for the end: not yet');
});
