import { tokensByUser } from '@lgtm-fleet/resources';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { expect, test } from 'vitest';
import { linesByUser, takes } from './htpasswd.ts';
import { planSecretChanges, variableOf, type SecretValues } from './secrets.ts';
import { fixtures, labPlan } from './testing.ts';

interface Fixture {
  readonly spec?: YamlValue;
  readonly present?: Readonly<Record<string, SecretValues>>;
  readonly given?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly findings: readonly string[];
    readonly changes?: Readonly<Record<string, readonly string[]>>;
  };
}

function planned({ spec, present = {}, given = {} }: Pick<Fixture, 'spec' | 'present' | 'given'>) {
  let made = 0;
  return planSecretChanges(labPlan(spec ?? {}), {
    present: new Map(Object.entries(present)),
    given: new Map(Object.entries(given)),
    password: () => `made${String((made += 1))}`,
    salt: () => new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]),
  });
}

const TWO_TENANTS = {
  metrics: { store: 'mimir' },
  tenants: [{ name: 'main' }, { name: 'shop', namespaces: ['shop'] }],
};

test.each(fixtures<Fixture>('secrets'))('%s', (_, fixture) => {
  const { findings, changes } = planned(fixture);
  expect(findings.map(({ severity, id }) => `${severity} ${id}`)).toEqual(fixture.expect.findings);
  if (fixture.expect.changes !== undefined)
    expect(
      Object.fromEntries(changes.map(({ namespace, name, values }) => [`${namespace}/${name}`, Object.keys(values)])),
    ).toEqual(fixture.expect.changes);
  // No value in a message, and none that is there is written again.
  const values = [...changes.flatMap((change) => Object.values(change.values)), ...Object.values(fixture.given ?? {})];
  const secret = values.filter((value) => value.length > 2 && value !== 'admin');
  for (const { message, help } of findings)
    for (const value of secret) expect(`${message} ${help ?? ''}`).not.toContain(value);
  for (const { namespace, name, values: written } of changes)
    for (const key of Object.keys(written).filter((one) => one !== 'htpasswd' && one !== 'tokens'))
      expect(fixture.present?.[`${namespace}/${name}`]?.[key]).toBeUndefined();
});

test('the three Secrets of a tenant agree', () => {
  const { changes } = planned({ spec: TWO_TENANTS });
  const of = (id: string) => changes.find(({ namespace, name }) => `${namespace}/${name}` === id)!.values;
  expect(of('monitoring/tenant-credentials')).toEqual(of('observability/tenant-credentials'));
  const lines = linesByUser(of('observability/gateway-credentials')['htpasswd']!);
  expect([...lines.keys()]).toEqual(['main', 'shop']);
  for (const [tenant, line] of lines) {
    expect(takes(line, of('monitoring/tenant-credentials')[tenant]!)).toBe(true);
    expect(takes(line, 'another')).toBe(false);
  }
});

test('a new tenant gets a line, and the others keep theirs to the letter', () => {
  const before = 'main:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=';
  const { changes } = planned({
    spec: TWO_TENANTS,
    present: {
      'observability/gateway-credentials': { htpasswd: before },
      'observability/tenant-credentials': { main: 'password' },
    },
  });
  const text = changes.find(({ name }) => name === 'gateway-credentials')!.values['htpasswd']!;
  expect(text.split('\n')).toEqual([before, expect.stringMatching(/^shop:\{SSHA\}/), '']);
});

test('what is written once is complete: a second look finds nothing to do', () => {
  const { changes } = planned({});
  const present = Object.fromEntries(changes.map(({ namespace, name, values }) => [`${namespace}/${name}`, values]));
  expect(planned({ present })).toEqual({ changes: [], findings: [] });
});

test('a variable for each secret', () => {
  expect(variableOf('grafana-oidc/client-secret')).toBe('LGTM_FLEET_GRAFANA_OIDC_CLIENT_SECRET');
});

test('a token is the same wherever it lies, and in a line of its own at the gateway', () => {
  const { changes } = planned({
    spec: { tenants: [{ name: 'main', credential: 'token', writers: [{ name: 'courier', credential: 'token' }] }] },
  });
  const of = (id: string) => changes.find(({ namespace, name }) => `${namespace}/${name}` === id)!.values;
  const token = of('observability/tenant-credentials')['main']!;
  expect(of('monitoring/tenant-credentials')).toEqual({ main: token });
  const listed = tokensByUser(of('observability/gateway-credentials')['tokens']!);
  expect(listed).toEqual(
    new Map([
      ['main', [token]],
      ['courier', [of('observability/writer-credentials')['courier']]],
    ]),
  );
});

test('a tenant called like a key of another Secret shares nothing with it', () => {
  const { changes } = planned({ spec: { tenants: [{ name: 'password' }] } });
  const of = (id: string) => changes.find(({ namespace, name }) => `${namespace}/${name}` === id)!.values;
  expect(of('observability/grafana-admin')['password']).not.toBe(of('observability/tenant-credentials')['password']);
});
