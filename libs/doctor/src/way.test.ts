import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import type { Facts, ProgramFacts, Sample } from './facts.ts';
import { wayOf } from './way.ts';

const plan = examplePlan('startup');
const at = '2026-03-01T12:00:00Z';
const member = (id: string, state: string): { id: string; address: string; state: string } => ({
  id,
  address: '10.0.0.1:9095',
  state,
});
const program = (component: string, ring: string, states: readonly string[], sample: Sample): ProgramFacts => ({
  namespace: 'observability',
  pod: `${component}-0`,
  component,
  role: 'monolithic',
  rings: [{ name: ring, members: states.map((state, index) => member(`${component}-${index}`, state)) }],
  metrics: [sample],
});
const sample = (name: string, value: number): Sample => ({ name, labels: {}, value });
const write = (signal: 'metrics' | 'logs' | 'traces') =>
  ({ step: 'write', signal, ok: true, seconds: 0.1, detail: 'accepted with 200' }) as const;

const facts: Facts = {
  at,
  unknown: [],
  canary: {
    tenant: 'alpha',
    steps: [
      write('metrics'),
      { step: 'read', signal: 'metrics', ok: true, seconds: 0.5, detail: 'the sample is found' },
      write('logs'),
      write('traces'),
    ],
  },
  programs: [
    program(
      'mimir',
      'ingester',
      ['ACTIVE'],
      sample('cortex_ingester_shipper_last_successful_upload_timestamp_seconds', Date.parse(at) / 1000 - 720),
    ),
    program('loki', 'ingester', ['ACTIVE', 'LEAVING'], sample('loki_objstore_bucket_last_successful_upload_time', 0)),
    program('tempo', 'live-store', ['ACTIVE'], sample('tempo_live_store_blocks_completed_total', 4)),
  ],
};

test('between write and read stand the ring and the last upload, in the order of the way', () => {
  expect(wayOf(plan, facts)?.map(({ signal, step, ok, detail }) => [signal, step, ok, detail])).toEqual([
    ['metrics', 'write', true, 'accepted with 200'],
    ['metrics', 'ring', true, '1 of 1 members of ingester are active'],
    ['metrics', 'flush', true, 'last uploaded 12 minutes ago'],
    ['metrics', 'read', true, 'the sample is found'],
    ['logs', 'write', true, 'accepted with 200'],
    ['logs', 'ring', false, '1 of 2 members of ingester are active'],
    ['logs', 'flush', true, 'nothing was uploaded since the pods have started'],
    ['traces', 'write', true, 'accepted with 200'],
    ['traces', 'ring', true, '1 of 1 members of live-store are active'],
    ['traces', 'flush', true, '4 blocks since the pods have started'],
  ]);
});

test('what a program did not tell is left out, and nothing is said where no canary was sent', () => {
  expect(wayOf(plan, { ...facts, programs: [] })?.map(({ step }) => step)).toEqual(['write', 'read', 'write', 'write']);
  expect(wayOf(plan, { at, unknown: [] })).toBeUndefined();
});
