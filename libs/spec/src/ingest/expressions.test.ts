import { describe, expect, test } from 'vitest';
import { faultsOf, places } from './ingest.fixture.ts';

const of = (fields: object) => [{ name: 'a', static: { targets: ['a.example.com:1'] }, ...fields }];

describe('expressions', () => {
  test.each([
    ['keep', of({ keep: ['node_.+', '(?=a)'] }), '(?=a)'],
    ['drop', of({ drop: ['a(b'] }), 'a(b'],
    ['relabel', of({ relabel: [{ action: 'labelmap', regex: '(?<!a)b' }] }), '(?<!a)b'],
    ['metricRelabel', of({ metricRelabel: [{ action: 'labeldrop', regex: String.raw`(a)\1` }] }), String.raw`(a)\1`],
    [
      'bodyMatches',
      [{ name: 'a', blackbox: { http: { urls: ['https://a.example.com'], bodyMatches: '[z-a]' } } }],
      '[z-a]',
    ],
  ])('of %s are those of RE2', (_, sources, at) => {
    const [one, ...others] = faultsOf(sources);
    expect(one?.message).toMatch(/^this is no regular expression of RE2: ./);
    expect(one?.at).toContain(at);
    expect(others).toEqual([]);
  });

  test('that RE2 knows are taken', () => {
    const keep = [String.raw`up|node_(cpu|memory)_.+`, String.raw`\pL+`, '(?i)a', '(?P<name>b)'];
    expect(places(of({ keep }))).toEqual([]);
  });
});

describe('a step of relabelling', () => {
  test.each([
    [{}, ['targetLabel']],
    [{ action: 'keep' }, ['sourceLabels']],
    [{ action: 'hashmod', modulus: 4 }, ['sourceLabels', 'targetLabel']],
    [{ action: 'keepequal', sourceLabels: ['a'] }, ['targetLabel']],
    [{ action: 'lowercase', targetLabel: 'a' }, ['sourceLabels']],
    [{ action: 'labelmap', regex: 'a' }, []],
    [{ action: 'replace', targetLabel: 'a' }, []],
  ])('%j lacks %j', (step, missing) => {
    expect(faultsOf(of({ relabel: [step] })).map(({ message }) => /needs `(\w+)`/.exec(message)?.[1])).toEqual(missing);
  });

  test.each([
    [{ action: 'labeldrop', regex: 'a', sourceLabels: ['b'], replacement: 'c' }, ['sourceLabels', 'replacement']],
    [{ action: 'labelkeep', regex: 'a', separator: ',' }, ['separator']],
    [{ action: 'dropequal', sourceLabels: ['a'], targetLabel: 'b', regex: 'c' }, ['regex']],
    [{ action: 'uppercase', sourceLabels: ['a'], targetLabel: 'b', replacement: 'c' }, ['replacement']],
    [{ action: 'uppercase', sourceLabels: ['a'], targetLabel: 'b', regex: 'c', separator: ',' }, []],
    [{ action: 'keep', sourceLabels: ['a'], replacement: 'b' }, []],
  ])('%j takes no %j', (step, superfluous) => {
    expect(faultsOf(of({ relabel: [step] })).map(({ message }) => /takes no `(\w+)`/.exec(message)?.[1])).toEqual(
      superfluous,
    );
  });
});
