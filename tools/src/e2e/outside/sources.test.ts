import { expect, test } from 'vitest';
import { ALL, plannedWith } from './testing/planned.ts';

const plan = plannedWith(ALL);

test('each tenant has some, and the collector may leave for their addresses alone', () => {
  expect(plan.ingest.sources.map(({ name, tenant }) => `${name} of ${tenant}`)).toEqual([
    'counter of alpha',
    'node of alpha',
    'over-limit of alpha',
    'postgresql of beta',
    'redis of beta',
    'probe of beta',
  ]);
  const ways = plan.connections.flatMap(({ from, to, port }) =>
    'component' in from && from.component === 'alloy-sources' && to.kind === 'outside' && to.name === 'sources'
      ? (to.hosts ?? ['any']).map((host) => `${host}:${port}`)
      : [],
  );
  expect(new Set(ways)).toEqual(new Set(Object.values(ALL)));
});

test('what does not run is no source, and neither is what needs it', () => {
  const names = ({ counter, ...rest }: typeof ALL): readonly string[] =>
    plannedWith({ counter, ...rest }).ingest.sources.map(({ name }) => name);
  const { node: _, ...withoutNode } = ALL;
  expect(names(withoutNode)).toEqual(['counter', 'postgresql', 'redis']);
  expect(names({ counter: ALL.counter })).toEqual(['counter']);
});

test('who pushes is a writer of the fixture, with its token', () => {
  expect(plan.ingest.senders).toMatchObject([{ name: 'workshop', tenant: 'alpha', credential: 'token' }]);
});
