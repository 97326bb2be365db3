import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { differences, givenGroups, plannedGroups } from './fleet-rules.ts';

test('rules of the fleet are told from those of the tenant', () => {
  const text = 'mine:\n  - name: a\n    rules: []\nlgtm-fleet-rings:\n  - name: b\n  - name: a\n';
  expect(givenGroups(text)).toEqual({ 'lgtm-fleet-rings': ['a', 'b'] });
  expect(givenGroups('{}')).toEqual({});
});

test('what lacks and what is too many is named', () => {
  const wanted = { 'lgtm-fleet-a': ['one', 'two'], 'lgtm-fleet-b': ['three'] };
  expect(differences(wanted, wanted)).toEqual([]);
  expect(differences(wanted, { 'lgtm-fleet-a': ['one', 'four'] })).toEqual([
    'lgtm-fleet-a lacks two',
    'lgtm-fleet-a has four too many',
    'lgtm-fleet-b lacks three',
  ]);
});

test("the stack's tenant has rules in the ruler of metrics", () => {
  const groups = plannedGroups(examplePlan('prod-eu'), 'self-monitoring', 'metrics');
  expect(groups['lgtm-fleet-rings']).toContain('loki-rings');
});
