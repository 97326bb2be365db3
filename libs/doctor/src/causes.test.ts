import { examplePlan } from '@lgtm-fleet/plan/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnosesOf } from './causes.ts';
import { LAYERS, type Finding } from './types.ts';

const plan = examplePlan('startup');

function finding(id: string, layer: Finding['layer'], about: readonly string[], more: Partial<Finding> = {}): Finding {
  const rest = { where: id, why: [], next: 'look', runbook: 'store-down' } as const;
  return { id, layer, about, severity: 'error', what: id, ...rest, ...more };
}

const shape = (findings: readonly Finding[]) =>
  diagnosesOf(plan, findings).map(({ id, symptoms }) => [id, symptoms.map((one) => one.id)]);

test('one cause has all that follows from it', () => {
  expect(
    shape([
      finding('gateway-errors', 'path', ['gateway', 'loki']),
      finding('workload-unavailable', 'workload', ['loki/monolithic']),
      finding('mount-missing', 'pod', ['loki/monolithic']),
      finding('config-map-missing', 'inputs', ['loki/monolithic']),
    ]),
  ).toEqual([['config-map-missing', ['mount-missing', 'workload-unavailable', 'gateway-errors']]]);
});

test('what is about another part has another cause', () => {
  expect(
    shape([
      finding('config-map-missing', 'inputs', ['loki/ingester']),
      finding('workload-unavailable', 'workload', ['loki/querier']),
      finding('store-not-ready', 'workload', ['mimir']),
    ]),
  ).toEqual([
    ['config-map-missing', []],
    ['store-not-ready', []],
    ['workload-unavailable', []],
  ]);
});

test('what is merely worth a look explains no error', () => {
  const cause = finding('claim-too-small', 'inputs', ['loki'], { severity: 'warning' });
  expect(shape([cause, finding('workload-unavailable', 'workload', ['loki'])])).toEqual([
    ['workload-unavailable', []],
    ['claim-too-small', []],
  ]);
});

test('two changes of what pods are given are two causes', () => {
  expect(
    shape([finding('node-not-ready', 'cluster', ['loki']), finding('config-map-changed', 'inputs', ['loki'])]),
  ).toEqual([
    ['node-not-ready', []],
    ['config-map-changed', []],
  ]);
});

test('the very part is a better cause than its component', () => {
  expect(
    shape([
      finding('other', 'inputs', ['loki']),
      finding('own', 'inputs', ['loki/ingester']),
      finding('workload-unavailable', 'workload', ['loki/ingester']),
    ]),
  ).toEqual([
    ['own', ['workload-unavailable']],
    ['other', []],
  ]);
});

test('stores crash because the object storage of the cluster is down', () => {
  const kafka = examplePlan('prod-eu');
  const found = diagnosesOf(kafka, [
    finding('container-crashing', 'pod', ['tempo/live-store']),
    finding('workload-unavailable', 'workload', ['kafka/broker']),
  ]);
  expect(found.map(({ id, symptoms }) => [id, symptoms.map((one) => one.id)])).toEqual([
    ['workload-unavailable', ['container-crashing']],
  ]);
});

test('whatever is found is said exactly once', () => {
  const one = fc.record({
    id: fc.stringMatching(/^[a-z]{6}$/),
    layer: fc.constantFrom(...LAYERS),
    severity: fc.constantFrom('error', 'warning', 'info'),
    about: fc.uniqueArray(
      fc.constantFrom(
        'loki',
        'loki/ingester',
        'loki/querier',
        'mimir',
        'gateway',
        'kafka',
        'seaweedfs',
        'object-storage',
        'time',
      ),
      { minLength: 1, maxLength: 4 },
    ),
  });
  fc.assert(
    fc.property(fc.uniqueArray(one, { maxLength: 12, selector: ({ id }) => id }), (all) => {
      const findings = all.map(({ id, layer, severity, about }) => finding(id, layer, about, { severity }));
      const said = diagnosesOf(plan, findings).flatMap(({ id, symptoms }) => [
        id,
        ...symptoms.map((symptom) => symptom.id),
      ]);
      expect(said.toSorted()).toEqual(findings.map(({ id }) => id).toSorted());
    }),
  );
});

test('who only brings rules waits for the store, and not the store for it', () => {
  const waits = finding('workload-unavailable', 'workload', ['rules']);
  expect(shape([waits, finding('container-crashing', 'pod', ['mimir/monolithic'])])).toEqual([
    ['container-crashing', ['workload-unavailable']],
  ]);
  expect(
    shape([finding('image-not-pulled', 'pod', ['rules']), finding('store-not-ready', 'workload', ['mimir'])]),
  ).toEqual([
    ['image-not-pulled', []],
    ['store-not-ready', []],
  ]);
});
