import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startCleanup } from '../cleanup.ts';
import { countScrapes, gapsIn } from './counter.ts';
import { samplesOf } from './exposition.ts';

test('each path counts its own scrapes, until the cleanup', async () => {
  const cleanup = startCleanup();
  const counter = await countScrapes('127.0.0.1', cleanup);
  const scrape = async (path: string): Promise<string> => await (await fetch(`http://${counter.at}${path}`)).text();
  try {
    expect(samplesOf(await scrape('/a'))).toEqual([{ name: 'e2e_scrape_number', labels: {} }]);
    expect(await scrape('/b')).toMatch(/\ne2e_scrape_number 1\n$/);
    expect(await scrape('/a')).toMatch(/\ne2e_scrape_number 2\n$/);
    expect(['/a', '/b', '/c'].map(counter.given)).toEqual([2, 1, 0]);
  } finally {
    cleanup.run();
  }
  await expect(scrape('/a')).rejects.toThrow();
});

describe('gaps', () => {
  const row = (...numbers: readonly number[]) => numbers.map((number) => [number * 1000, number] as const);

  test.each([
    ['all numbers, in whatever order they are read', row(3, 1, 2), [], 3, []],
    ['one that is missing', row(1, 2, 4), [], 4, [3]],
    ['the first and the last', row(2, 3), [], 4, [1, 4]],
    ['nothing at all', [], [], 2, [1, 2]],
    ['one that failed', row(1, 2, 4), [3000], 4, []],
    ['one that failed, and one that did not', row(1, 4), [3000], 4, [3]],
    ['a failure elsewhere excuses nothing', row(1, 2, 4), [1500], 4, [3]],
    ['the last, which failed', row(1, 2), [3000], 3, []],
    ['one that came twice', [...row(1, 2, 3), [2500, 2] as const], [], 3, []],
  ])('%s', (_, values, failures, last, gaps) => {
    expect(gapsIn(values, failures, last)).toEqual(gaps);
  });

  test('what is taken away is what is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.array(fc.integer({ min: 1, max: 60 })), (last, lost) => {
        const all = Array.from({ length: last }, (_, index) => index + 1);
        const values = row(...all.filter((number) => !lost.includes(number)));
        expect(gapsIn(values, [], last)).toEqual(all.filter((number) => lost.includes(number)));
        // Each of them excused by a failure in its place.
        expect(
          gapsIn(
            values,
            lost.filter((one, at) => lost.indexOf(one) === at).map((one) => one * 1000),
            last,
          ),
        ).toEqual([]);
      }),
    );
  });
});
