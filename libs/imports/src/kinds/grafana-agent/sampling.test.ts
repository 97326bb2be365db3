import { expect, test } from 'vitest';
import { openLedger } from '../../core/ledger.ts';
import { readSampling } from './sampling.ts';

function sampling(tail: object, place: 'nodes' | 'machine' = 'nodes') {
  const ledger = openLedger();
  const [node] = ledger.documents({ path: 'agent.yaml', text: JSON.stringify(tail) });
  const value = readSampling(node, {
    ...{ ledger, cluster: 'moved', place, os: 'linux', group: 'web', filesAt: () => [] },
    ...{ name: (name) => name, writer: (name) => name, defaults: {}, modules: undefined },
  });
  return { value, outcomes: ledger.entries().map(({ outcome }) => outcome) };
}

const errors = { type: 'status_code', status_code: { status_codes: ['ERROR'] } };
const slow = { type: 'latency', latency: { threshold_ms: 2500 } };
const part = { type: 'probabilistic', probabilistic: { sampling_percentage: 12.5 } };

test('errors, slow traces and a part of all others are what the cluster file says', () => {
  expect(sampling({ decision_wait: '30s', policies: [errors, slow, part] })).toEqual({
    value: { tail: { decisionWait: '30s', keepSlowerThan: '2.5s', baseline: '12.5%' } },
    outcomes: ['carried', 'carried', 'carried', 'carried', 'carried', 'carried', 'carried'],
  });
});

test('what no policy keeps is not kept', () => {
  expect(sampling({ policies: [part] }).value).toEqual({
    tail: { keepErrors: false, keepSlowerThan: '1h', baseline: '12.5%' },
  });
  expect(sampling({ policies: [{ type: 'always_sample' }] }).value).toMatchObject({ tail: { baseline: '100%' } });
});

test.each([
  ['a second threshold', [slow, { ...slow, latency: { threshold_ms: 100 } }]],
  ['other codes', [{ type: 'status_code', status_code: { status_codes: ['UNSET'] } }]],
  ['an attribute', [{ type: 'string_attribute', string_attribute: { key: 'a', values: ['b'] } }]],
])('%s is said to be not possible', (_, policies) => {
  expect(sampling({ policies }).outcomes).toContain('impossible');
});

test('what machines send is sampled by nobody', () => {
  expect(sampling({ policies: [errors] }, 'machine')).toEqual({
    value: undefined,
    outcomes: ['impossible', 'impossible'],
  });
});
