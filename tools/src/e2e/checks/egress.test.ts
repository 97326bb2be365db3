import { expect, test } from 'vitest';
import { judgedEgress } from './egress.ts';

const sources = [9100, 9121].map((port) => ({ host: '192.0.2.1', port, protocol: 'TCP' as const }));

test('open where there are sources, and silence elsewhere, is what is wanted', () => {
  expect(judgedEgress(sources, ['no answer', 'open', 'open'], 0)).toEqual({
    detail: '2 addresses of sources are open, and another port of the machine does not answer',
  });
});

test.each([
  ['a source that is shut', ['no answer', 'open', 'no answer'], 0, '192.0.2.1:9121: no answer'],
  ['another port that is open', ['open', 'open', 'open'], 1, "no source's: open"],
  ['another port that refuses', ['ECONNREFUSED', 'open', 'open'], 0, "no source's: ECONNREFUSED"],
  ['a knock that came, though it was not answered', ['no answer', 'open', 'open'], 1, 'knocked at 1 times'],
  ['a source that was not asked', ['no answer', 'open'], 0, 'no source was knocked at'],
])('%s is a failure', (_, answers, knockedAt, words) => {
  expect(() => judgedEgress(sources, answers, knockedAt)).toThrow(words);
});
