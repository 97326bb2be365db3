import { expect, test } from 'vitest';
import type { ClusterObject } from './objects.ts';
import { givenUp } from './resume.ts';
import type { Expected } from './states.ts';

const expected: readonly Expected[] = [{ name: 'lab-loki', wave: 0, component: 'loki', namespace: 'observability' }];
const retry = { limit: 10 };
const application = (changed: object, phase = 'Failed', sync = 'OutOfSync'): ClusterObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { namespace: 'argocd', name: 'lab-loki' },
  spec: { syncPolicy: { automated: { prune: true }, syncOptions: ['ServerSideApply=true'], retry } },
  status: { operationState: { phase }, sync: { status: sync } },
  ...changed,
});

test('a sync that failed to its last try begins anew, as its Application would by itself', () => {
  expect(givenUp(expected, [application({})])).toEqual([
    {
      name: 'lab-loki',
      operation: {
        initiatedBy: { username: 'lgtm-fleet' },
        sync: { prune: true, syncOptions: ['ServerSideApply=true'] },
        retry,
      },
    },
  ]);
  expect(givenUp(expected, [application({}, 'Error')])).toHaveLength(1);
});

test.each([
  ['of another cluster', application({ metadata: { namespace: 'argocd', name: 'attic-loki' } })],
  ['paused', application({ spec: { syncPolicy: {} } })],
  ['under way', application({ operation: {} })],
  ['tried again by itself', application({}, 'Running')],
  ['well', application({}, 'Succeeded')],
  ['synced by somebody else meanwhile', application({}, 'Failed', 'Synced')],
])('what is %s is left alone', (_, one) => {
  expect(givenUp(expected, [one])).toEqual([]);
});
