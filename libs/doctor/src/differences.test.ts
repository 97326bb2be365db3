import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences } from './differences.ts';

test.each([
  ['what an API server adds', { a: 1 }, { a: 1, b: 2 }, []],
  ['what nobody planned', undefined, { a: 1 }, []],
  ['a quantity in another spelling', { cpu: '1000m', memory: '1Gi' }, { cpu: 1, memory: '1073741824' }, []],
  ['what is empty and left out', { a: '', b: false, c: 0, d: [], e: {} }, {}, []],
  ['a value', { a: { b: 'x' } }, { a: { b: 'y' } }, ['a.b: y, not x']],
  ['something that is gone', { a: { b: 'x' } }, {}, ['a.b: nothing, not x']],
  [
    'containers by their names',
    { containers: [{ name: 'loki', image: 'a' }] },
    { containers: [{ name: 'injected' }, { name: 'loki', image: 'b' }] },
    ['containers.loki.image: b, not a'],
  ],
  [
    'the value of a variable, which may be a password',
    { env: [{ name: 'DB_PASSWORD', value: 'none' }] },
    { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] },
    ['env.DB_PASSWORD.value: another value, not none'],
  ],
  [
    'a variable whose value is gone',
    { env: [{ name: 'LEVEL', value: 'info' }] },
    { env: [{ name: 'LEVEL', valueFrom: {} }] },
    ['env.LEVEL.value: nothing, not info'],
  ],
  ['arguments by their place', { args: ['-a', '-b'] }, { args: ['-a', '-c'] }, ['args.1: -c, not -b']],
])('%s', (_, planned, live, expected) => {
  expect(differences(planned, live).map((one) => `${one.path}: ${one.live}, not ${one.planned}`)).toEqual(expected);
});

test('where lists are exact, one more is a difference', () => {
  const [planned, live] = [{ ingress: [{ from: 'a' }] }, { ingress: [{ from: 'a' }, {}] }];
  expect(differences(planned, live)).toEqual([]);
  expect(differences(planned, live, { exact: true })).toEqual([
    { path: 'ingress', planned: 'nothing more', live: '{}' },
  ]);
});

test('nothing differs from itself, nor from itself with more beside it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (value, more) => {
      expect(differences(value, value)).toEqual([]);
      expect(differences(value, value, { exact: true })).toEqual([]);
      expect(differences(value, { ...value, 'one more': more })).toEqual([]);
    }),
  );
});
