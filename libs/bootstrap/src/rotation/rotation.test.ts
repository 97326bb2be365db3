import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSecretChanges, type SecretChange, type SecretValues } from '../secrets.ts';
import { labPlan } from '../testing.ts';
import { planFinish } from './finish.ts';
import { LISTS, linesOf, withLines } from './lists.ts';
import { planRevocation } from './revocation.ts';
import { planRotation, type RotationInputs } from './rotation.ts';

type Cluster = ReadonlyMap<string, SecretValues>;

const SPEC = {
  kubernetes: { nodes: 3 },
  objectStorage: { seaweedfs: { size: '10GB' } },
  metrics: { store: 'mimir' },
  tenants: [
    { name: 'alpha', writers: [{ name: 'courier', credential: 'token' }, { name: 'post' }] },
    { name: 'beta', credential: 'token', namespaces: ['beta'] },
  ],
  readers: [{ name: 'both', tenants: ['alpha', 'beta'] }],
};
const USERS = ['alpha', 'courier', 'post', 'beta', 'both'] as const;
const plan = labPlan(SPEC);

let made = 0;
const make = {
  password: () => `made-up-password-${String((made += 1))}`,
  salt: () => new Uint8Array([made % 256, 2, 3, 4, 5, 6, 7, 8]),
};

function written(cluster: Cluster, change: SecretChange | undefined): Cluster {
  if (change === undefined) return cluster;
  const id = `${change.namespace}/${change.name}`;
  const next = { ...cluster.get(id), ...change.values };
  const removed = change.removed ?? [];
  return new Map([
    ...cluster,
    [id, Object.fromEntries(Object.entries(next).filter(([key]) => !removed.includes(key)))],
  ]);
}

function bootstrapped(of = plan): Cluster {
  const { changes, findings } = planSecretChanges(of, { ...make, present: new Map(), given: new Map() });
  expect(findings).toEqual([]);
  return changes.reduce(written, new Map<string, SecretValues>());
}

function rotation(cluster: Cluster, users: readonly string[], more: Partial<RotationInputs> = {}) {
  return planRotation(plan, { ...make, present: cluster, given: new Map(), users, ...more });
}

/** All of the first half, or as many of its writes as were done before it was interrupted. */
function rotated(cluster: Cluster, users: readonly string[], writes = Infinity): Cluster {
  const { gateway, holders, findings } = rotation(cluster, users);
  expect(findings).toEqual([]);
  return [...(gateway === undefined ? [] : [gateway]), ...holders].slice(0, writes).reduce(written, cluster);
}

const ids = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id);
const lists = (cluster: Cluster) => cluster.get('observability/gateway-credentials') ?? {};

/** What Secrets say that a user shows. */
function shown(cluster: Cluster, user: string): readonly string[] {
  return [...cluster].flatMap(([id, values]) =>
    /-credentials$/.test(id) && !id.endsWith('/gateway-credentials') ? (values[user] ?? []) : [],
  );
}

function opens(cluster: Cluster, user: string, value: string): 'now' | 'before' | 'nothing' {
  for (const list of Object.values(LISTS)) {
    const taken = (key: string) =>
      linesOf(list, lists(cluster)[key] ?? '', user).some((line) => list.takes(line, value) === true);
    if (taken(list.key)) return 'now';
    if (taken(list.previous)) return 'before';
  }
  return 'nothing';
}

describe('from the first half to the end', () => {
  const start = bootstrapped();
  const half = rotated(start, USERS);
  const { change, ended } = planFinish(plan, half, USERS);
  const end = written(half, change);

  test.each(USERS)('%s shows something new, and what it showed opens until the end', (user) => {
    const [old = ''] = shown(start, user);
    const [next = '', ...copies] = shown(half, user);
    expect(next).not.toBe(old);
    expect(copies).toEqual(copies.map(() => next));
    expect([opens(half, user, old), opens(half, user, next)]).toEqual(['before', 'now']);
    expect([opens(end, user, old), opens(end, user, next)]).toEqual(['nothing', 'now']);
  });

  test('each half says whom it was about, and both are done when they were done', () => {
    expect(ended.map(({ user, kind }) => `${user}: ${kind}`)).toEqual([
      'alpha: password',
      'courier: token',
      'post: password',
      'beta: token',
      'both: password',
    ]);
    expect(rotation(half, USERS)).toMatchObject({ holders: [], findings: [] });
    expect(rotation(half, USERS)).not.toHaveProperty('gateway');
    expect(planFinish(plan, end, ['alpha'])).toMatchObject({ ended: [], findings: [{ id: 'nothing-to-finish' }] });
  });

  test('the keys of what was shown before are there only in between', () => {
    expect(Object.keys(lists(start))).toEqual(['htpasswd', 'tokens']);
    expect(Object.keys(lists(half))).toEqual(['htpasswd', 'tokens', 'htpasswd-previous', 'tokens-previous']);
    expect(Object.keys(lists(end))).toEqual(['htpasswd', 'tokens']);
  });

  test('bootstrap finds nothing to do in any of them, and reminds of what is not finished', () => {
    for (const cluster of [start, half, rotated(start, USERS, 1), end]) {
      const { changes, findings } = planSecretChanges(plan, { ...make, present: cluster, given: new Map() });
      expect(changes).toEqual([]);
      expect(new Set(ids(findings))).toEqual(
        new Set(cluster === start || cluster === end ? [] : ['unfinished-rotation']),
      );
    }
  });

  test('others keep their lines to the letter', () => {
    const one = rotated(start, ['alpha']);
    const without = (text = '') => text.split('\n').filter((line) => !line.startsWith('alpha:'));
    expect(without(lists(one)['htpasswd'])).toEqual(without(lists(start)['htpasswd']));
    expect(lists(one)['tokens']).toBe(lists(start)['tokens']);
  });
});

test('wherever it is interrupted, and whoever goes on, all that Secrets say opens; and it comes to its end', () => {
  const run = fc.record({
    users: fc.subarray([...USERS], { minLength: 1 }),
    writes: fc.integer({ min: 0, max: 5 }),
    finish: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 6 }), (runs) => {
      let cluster = bootstrapped();
      for (const { users, writes, finish } of runs) {
        const ending = finish ? planFinish(plan, cluster, users) : undefined;
        cluster =
          ending === undefined
            ? rotated(cluster, users, writes)
            : ids(ending.findings).includes('not-handed-over')
              ? cluster
              : written(cluster, ending.change);
        for (const user of USERS)
          for (const value of shown(cluster, user)) expect(opens(cluster, user, value)).not.toBe('nothing');
      }
      cluster = rotated(cluster, USERS);
      cluster = written(cluster, planFinish(plan, cluster, USERS).change);
      for (const user of USERS) {
        expect(new Set(shown(cluster, user)).size).toBe(1);
        for (const value of shown(cluster, user)) expect(opens(cluster, user, value)).toBe('now');
      }
      expect(Object.keys(lists(cluster))).toEqual(['htpasswd', 'tokens']);
    }),
    { numRuns: 60 },
  );
});

describe('what a person gives', () => {
  const given = (value: string) => ({ given: new Map([['tenant-credentials/alpha', value]]) });

  test('is taken in place of what would be made', () => {
    expect(rotation(bootstrapped(), ['alpha'], given('of-my-own')).successors).toEqual([
      { user: 'alpha', kind: 'password', value: 'of-my-own' },
    ]);
  });

  test('is refused while another one is on its way', () => {
    const half = rotated(bootstrapped(), ['alpha']);
    expect(ids(rotation(half, ['alpha'], given('of-my-own')).findings)).toEqual(['under-way']);
  });

  test('has to be one that a header can hold', () => {
    const more = { given: new Map([['writer-credentials/courier', 'short']]) };
    expect(ids(rotation(bootstrapped(), ['courier'], more).findings)).toEqual(['unusable-token']);
  });
});

describe('what is in the way', () => {
  const apr1 = 'alpha:$apr1$aaaaaaaa$abcdefghijklmnopqrstuv';
  const byHand = new Map([
    ['observability/gateway-credentials', { htpasswd: `${apr1}\n`, 'htpasswd-previous': `${apr1}\n` }],
    ['observability/tenant-credentials', { alpha: 'unknown' }],
  ]);

  test.each([
    ['a user that there is not', () => rotation(bootstrapped(), ['gamma']), 'unknown-user'],
    ['a user that has no line', () => rotation(new Map(), ['alpha']), 'no-line'],
    ['a hash of which nobody can say', () => rotation(byHand, ['alpha']), 'unreadable-hash'],
    [
      'Secrets that do not have it yet',
      () => planFinish(plan, rotated(bootstrapped(), USERS, 1), ['beta']),
      'not-handed-over',
    ],
    ['a spec that names who is to be revoked', () => planRevocation(plan, bootstrapped(), ['alpha']), 'still-named'],
  ])('%s', (_, planned, id) => {
    expect(ids(planned().findings)).toEqual([id]);
  });

  test.each([
    ['another source of Secrets', { ...SPEC, secrets: { externalSecrets: { store: 'vault' } } }, 'made-elsewhere'],
    [
      'a certificate',
      { ...SPEC, tenants: [{ name: 'alpha', credential: 'certificate' }], readers: [] },
      'shows-a-certificate',
    ],
  ])('%s', (_, spec, id) => {
    const inputs = { ...make, present: new Map<string, SecretValues>(), given: new Map<string, string>() };
    expect(ids(planRotation(labPlan(spec), { ...inputs, users: ['alpha'] }).findings)).toEqual([id]);
    expect(ids(planFinish(labPlan(spec), inputs.present, ['alpha']).findings)).toEqual([id]);
  });

  test('nothing is written then, and no value is in a message', () => {
    for (const { findings } of [rotation(bootstrapped(), ['gamma']), rotation(byHand, ['alpha'])])
      expect(JSON.stringify(findings)).not.toMatch(/made-up|unknown"|apr1\$a/);
    expect(rotation(bootstrapped(), ['gamma'])).not.toHaveProperty('gateway');
  });
});

describe('who is gone', () => {
  const gone = labPlan({ ...SPEC, tenants: SPEC.tenants.slice(0, 1).map(({ name }) => ({ name })), readers: [] });
  const half = rotated(bootstrapped(), USERS);

  test('opens nothing after a revocation, whatever was under way, and is kept nowhere', () => {
    const users = USERS.slice(1);
    const { changes, findings } = planRevocation(gone, half, users);
    const after = changes.reduce(written, half);
    expect(findings).toEqual([]);
    for (const user of users) {
      expect(shown(after, user)).toEqual([]);
      for (const value of [...shown(half, user)]) expect(opens(after, user, value)).toBe('nothing');
    }
    expect(shown(after, 'alpha')).toEqual(shown(half, 'alpha'));
    expect(Object.keys(lists(after))).toEqual(['htpasswd', 'htpasswd-previous']);
    expect(ids(planRevocation(gone, after, users).findings)).toEqual(users.map(() => 'nothing-to-revoke'));
  });

  test('is a user whom the spec has back: then with something new', () => {
    const after = planRevocation(gone, half, ['beta']).changes.reduce(written, half);
    const { changes } = planSecretChanges(plan, { ...make, present: after, given: new Map() });
    const back = changes.reduce(written, after);
    expect(shown(back, 'beta')[0]).toBeDefined();
    expect(shown(half, 'beta')).not.toContain(shown(back, 'beta')[0]);
  });

  test('is not one who has another kind of credential now, but its lines of the other kind are', () => {
    const other = labPlan({ ...SPEC, tenants: [{ name: 'alpha', credential: 'token' }], readers: [] });
    const start = bootstrapped();
    const { changes, findings } = planRevocation(other, start, ['alpha']);
    expect(findings).toEqual([]);
    expect(changes.map(({ name }) => name)).toEqual(['gateway-credentials']);
    const after = changes.reduce(written, start);
    expect(linesOf(LISTS.password, lists(after)['htpasswd'] ?? '', 'alpha')).toEqual([]);
    expect(shown(after, 'alpha')).toEqual(shown(start, 'alpha'));
  });
});

describe('an edge', () => {
  const hub = labPlan(SPEC);
  const edge = {
    ...hub,
    role: 'edge' as const,
    hub: 'main',
    credentials: [],
    secrets: hub.secrets.filter(({ namespace }) => namespace === 'monitoring'),
  };
  const present = new Map([['monitoring/tenant-credentials', { alpha: 'old', beta: 'of-beta-of-beta-1' }]]);

  test('takes what a person brings from its hub, and touches no list', () => {
    const given = new Map([['tenant-credentials/alpha', 'new']]);
    const planned = planRotation(edge, { ...make, present, given, users: ['alpha'] });
    expect(planned.holders).toEqual([
      { namespace: 'monitoring', name: 'tenant-credentials', exists: true, values: { alpha: 'new' } },
    ]);
    expect(planned).not.toHaveProperty('gateway');
  });

  test('makes nothing up', () => {
    const planned = planRotation(edge, { ...make, present, given: new Map(), users: ['alpha'] });
    expect([planned.holders, ids(planned.findings)]).toEqual([[], ['not-given']]);
  });
});

test('lines are put where those of the user were, and else at the end', () => {
  const text = '# passwords\nalpha:{SHA}a\nbeta:{SHA}b\nalpha:{SHA}c';
  expect(withLines(LISTS.password, text, 'alpha', ['alpha:new'])).toBe('# passwords\nalpha:new\nbeta:{SHA}b\n');
  expect(withLines(LISTS.password, `${text}\n`, 'gamma', ['gamma:new'])).toBe(`${text}\ngamma:new\n`);
  expect(withLines(LISTS.password, '', 'gamma', ['gamma:new'])).toBe('gamma:new\n');
  expect(withLines(LISTS.password, 'gamma:new\n', 'gamma', [])).toBe('');
});
