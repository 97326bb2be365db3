import { expect, test } from 'vitest';
import type { Snapshot } from './explain.ts';
import type { Application, Pod } from './objects.ts';
import { describe, expectedApplications, observe, type Expected } from './states.ts';

const expected: readonly Expected[] = [
  { name: 'lab', wave: Number.NEGATIVE_INFINITY, namespace: 'argocd' },
  { name: 'lab-loki', wave: 0, namespace: 'observability', component: 'loki' },
  { name: 'lab-gateway', wave: 2, namespace: 'observability', component: 'gateway' },
];

function application(name: string, sync: string, health: string): Application {
  return { metadata: { name }, status: { sync: { status: sync }, health: { status: health } } };
}

const unpulled: Pod = {
  metadata: { name: 'loki-0', namespace: 'observability', labels: { 'app.kubernetes.io/name': 'loki' } },
  status: { containerStatuses: [{ name: 'loki', image: 'loki:1', state: { waiting: { reason: 'ErrImagePull' } } }] },
};

function seen(applications: readonly Application[], pods: readonly Pod[] = []): Snapshot {
  return { applications, pods, claims: [], autoscalers: [], events: [], lastWords: new Map() };
}

test('all are ready', () => {
  const all = expected.map(({ name }) => application(name, 'Synced', 'Healthy'));
  expect(observe(expected, seen(all), new Map(), 0).verdict).toBe('ready');
});

test('an obstacle is given its time, and then what waits for it is blocked too', () => {
  const snapshot = seen(
    [application('lab', 'OutOfSync', 'Progressing'), application('lab-loki', 'Synced', 'Progressing')],
    [unpulled],
  );
  const first = observe(expected, snapshot, new Map(), 10);
  expect(first.verdict).toBe('going');
  const later = observe(expected, snapshot, first.firstSeen, 100);
  expect(later.verdict).toBe('going');
  const last = observe(expected, snapshot, later.firstSeen, 131);
  expect(last.verdict).toBe('blocked');
  expect(last.states.map(({ name, blocked }) => [name, blocked])).toEqual([
    ['lab', false],
    ['lab-loki', true],
    ['lab-gateway', false],
  ]);
  expect(describe(last.states[2]!)).toBe('waits for earlier waves');
});

test('an obstacle that went away starts anew', () => {
  const broken = seen([application('lab-loki', 'Synced', 'Progressing')], [unpulled]);
  const whole = seen([application('lab-loki', 'Synced', 'Progressing')]);
  const first = observe(expected, broken, new Map(), 0);
  const second = observe(expected, whole, first.firstSeen, 60);
  const third = observe(expected, broken, second.firstSeen, 130);
  expect(third.verdict).toBe('going');
});

test('while one is stuck the others are followed to their end', () => {
  const snapshot = seen(
    [
      application('lab', 'OutOfSync', 'Progressing'),
      application('lab-loki', 'Synced', 'Progressing'),
      application('lab-gateway', 'Synced', 'Progressing'),
    ],
    [unpulled],
  );
  expect(observe(expected, snapshot, new Map([['lab-loki image', 0]]), 500).verdict).toBe('going');
});

test('a root that cannot be read blocks all', () => {
  const root: Application = {
    metadata: { name: 'lab' },
    status: { conditions: [{ type: 'ComparisonError', message: 'failed to list refs: no such host' }] },
  };
  const first = observe(expected, seen([root]), new Map(), 0);
  expect(observe(expected, seen([root]), first.firstSeen, 200).verdict).toBe('blocked');
});

test('the root stands first, then the waves', () => {
  const made = [
    ['lab-grafana', '4'],
    ['lab-namespaces', '-8'],
    ['lab-alloy', '6'],
  ].map(([name = '', wave = '']) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, annotations: { 'argocd.argoproj.io/sync-wave': wave } },
    spec: { destination: { namespace: 'observability' } },
  }));
  expect(expectedApplications('lab', made).map(({ name }) => name)).toEqual([
    'lab',
    'lab-namespaces',
    'lab-grafana',
    'lab-alloy',
  ]);
});

test('a status about another revision is no status', () => {
  const stale: Application = {
    metadata: { name: 'lab' },
    spec: { source: { repoURL: 'git://here', targetRevision: 'new', path: '.' } },
    status: {
      sync: { status: 'Synced', comparedTo: { source: { repoURL: 'git://here', targetRevision: 'old', path: '.' } } },
      health: { status: 'Healthy' },
    },
  };
  expect(observe(expected.slice(0, 1), seen([stale]), new Map(), 0)).toMatchObject({ verdict: 'going' });
});

test('one whose sync has not ended is not ready, though all but its hooks is healthy', () => {
  const all = expected.map(({ name }) => application(name, 'Synced', 'Healthy'));
  const [root, loki, gateway] = all;
  const running = { ...loki!, status: { ...loki!.status, operationState: { phase: 'Running' } } };
  const crashing: Pod = {
    ...unpulled,
    status: { containerStatuses: [{ name: 'buckets', state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
  };
  const { states, verdict } = observe(expected, seen([root!, running, gateway!], [crashing]), new Map(), 0);
  expect(verdict).toBe('going');
  expect(describe(states[1]!)).toBe('Synced, Progressing: container buckets of pod loki-0 crashes (exit code ?)');
});
