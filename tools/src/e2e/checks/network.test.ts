import { expect, test } from 'vitest';
import { judged } from './network.ts';

const targets = [
  { service: 'loki', host: '10.0.0.1', port: 3100 },
  { service: 'mimir', host: '10.0.0.2', port: 8080 },
];

test('silence everywhere but at the control is what is wanted', () => {
  expect(judged(targets, ['open', 'no answer', 'no answer'])).toEqual({
    detail: '2 ports do not answer; the API server does',
  });
});

test.each([
  ['an open port', ['open', 'no answer', 'open'], 'mimir:8080: open'],
  ['a port that refuses', ['open', 'ECONNREFUSED', 'no answer'], 'loki:3100: ECONNREFUSED'],
  ['a pod without a network', ['no answer', 'no answer', 'no answer'], 'no network'],
  ['a port that was not asked', ['open', 'no answer'], 'no port was knocked at'],
])('%s is a failure', (_, answers, words) => {
  expect(() => judged(targets, answers)).toThrow(words);
});

test('nothing to knock at proves nothing', () => {
  expect(() => judged([], ['open'])).toThrow('no port');
});
