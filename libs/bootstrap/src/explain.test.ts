import { expect, test } from 'vitest';
import { explainApplication, explainWorkloads, type Snapshot } from './explain.ts';
import type { Application } from './objects.ts';
import { fixtures } from './testing.ts';

type Fixture = Partial<Omit<Snapshot, 'lastWords' | 'applications'>> & {
  readonly application?: Application;
  readonly lastWords?: Readonly<Record<string, string>>;
  readonly expect: readonly string[];
};

test.each(fixtures<Fixture>('explain'))('%s', (_, { application, lastWords, expect: expected, ...seen }) => {
  const snapshot: Snapshot = {
    applications: [],
    pods: [],
    claims: [],
    autoscalers: [],
    events: [],
    ...seen,
    lastWords: new Map(Object.entries(lastWords ?? {})),
  };
  const obstacles = [
    ...(application === undefined ? [] : explainApplication(application)),
    ...explainWorkloads(snapshot, 'observability', 'loki'),
  ];
  expect(obstacles.map(({ id, message }) => `${id}: ${message}`)).toEqual(expected);
});
