import { unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { firesOn, loki } from './loki-ruler.ts';

const rules = {
  groups: [
    {
      name: 'test',
      interval: '5m',
      rules: [
        { alert: 'Loud', expr: 'sum by (job) (count_over_time({job="a"} |= "boom" [5m])) > 1', for: '1h' },
        { alert: 'Silent', expr: 'sum by (job) (count_over_time({job="b"} |= "boom" [5m])) > 1' },
      ],
    },
  ],
};
const boom = { labels: { job: 'a' }, line: 'boom' };

it.skipIf(loki === undefined)(
  `the ruler of Loki tells what fires on lines, at once${unlessFound('loki', loki)}`,
  async () => {
    expect(await firesOn(rules, [boom, boom])).toEqual(['Loud']);
    expect(await firesOn(rules, [boom, { ...boom, age: 400 }, { labels: { job: 'b' }, line: 'calm' }])).toEqual([]);
  },
  120_000,
);
