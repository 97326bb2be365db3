import { plan, type Plan } from '@lgtm-fleet/plan';
import { anyCluster, parseValue } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataSourcesFile, type DataSource } from './data-source-model.ts';
import { dataSources } from './data-sources.ts';
import { printIni } from './ini.ts';
import { organisationSettings } from './organisations.ts';
import { grafanaSettings } from './settings-model.ts';
import { settingComments, settings } from './settings.ts';

const planned = (cluster: Parameters<typeof plan>[0]) => plan(cluster, { repository: 'https://git.example.com/x.git' });
const any = anyCluster.map(planned);
const anySignIn = any.filter(({ grafana }) => grafana?.oidc !== undefined);

const MAIN = '1';
const idOf = (name: string) => `$__file{/etc/grafana-organisations/${name}}`;
const settingsOf = (of: Plan) => settings(of, of.grafana!);
const readable = (of: Plan) => of.credentials.filter(({ reads }) => reads.length > 0);

/**
 * Roles by organisation of who is in some groups, as Grafana 13.2 finds them (MapOrgRoles of its connectors,
 * with role_attribute_strict): of all mappings that fit, the highest role; `*` is every organisation; none of
 * them, and no role of its own, is no entry at all.
 */
function rolesOf(of: Plan, groups: readonly string[]): ReadonlyMap<string, string> {
  const oauth = settingsOf(of)['auth.generic_oauth']!;
  if (!groups.some((group) => oauth.allowed_groups.split(' ').includes(group))) return new Map();
  const all = [MAIN, ...of.grafana!.organisations.flatMap(({ name }) => (name === undefined ? [] : [idOf(name)]))];
  const roles = new Map<string, string>();
  const order = ['Viewer', 'Editor', 'Admin'];
  for (const mapping of oauth.org_mapping.split(' ')) {
    const [group = '', organisation = '', role = ''] = mapping.split(':');
    if (!groups.includes(group)) continue;
    for (const id of organisation === '*' ? all : [organisation]) {
      const known = roles.get(id);
      if (known === undefined || order.indexOf(role) > order.indexOf(known)) roles.set(id, role);
    }
  }
  return roles;
}

/** Who is asked as by a data source. */
function userOf({ basicAuthUser, secureJsonData }: DataSource): string {
  const shown = secureJsonData.httpHeaderValue1 ?? secureJsonData.tlsClientCert ?? '';
  return basicAuthUser ?? /tenant-credentials\/([^}]+?)(?:\.crt)?\}$/.exec(shown)?.[1] ?? '';
}

/** Tenants that somebody sees who is in an organisation. */
function seenIn(of: Plan, organisation: string): readonly string[] {
  const sources = dataSources(of).datasources.filter(({ orgId = MAIN }) => orgId === organisation);
  return sources.flatMap((source) => of.credentials.find(({ name }) => name === userOf(source))?.reads ?? []);
}

/** Tenants that the spec gives to a group. */
function given(of: Plan, group: string): readonly string[] {
  if (of.grafana!.oidc!.administrators.includes(group)) return readable(of).flatMap(({ reads }) => reads);
  return of.credentials.flatMap(({ groups, reads }) => (groups.includes(group) ? reads : []));
}

const groupsOf = (of: Plan) => [
  ...new Set([...of.grafana!.oidc!.administrators, ...of.credentials.flatMap(({ groups }) => groups), 'strangers']),
];

describe('who signs in', () => {
  it('sees the tenants that the spec gives to his groups, and no other', () => {
    fc.assert(
      fc.property(anySignIn, (of) => {
        for (const group of groupsOf(of)) {
          const seen = [...rolesOf(of, [group]).keys()].flatMap((organisation) => seenIn(of, organisation));
          expect(new Set(seen), group).toEqual(new Set(given(of, group)));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('is let in by his groups alone', () => {
    fc.assert(
      fc.property(anySignIn, (of) => {
        expect(rolesOf(of, ['strangers']).size).toBe(0);
        expect(rolesOf(of, []).size).toBe(0);
        const written = settingsOf(of);
        expect(written.users).toEqual({ allow_sign_up: false, allow_org_create: false, auto_assign_org_role: 'None' });
        expect(written['auth.anonymous'].enabled).toBe(false);
        expect(written['auth.generic_oauth']).toMatchObject({ role_attribute_strict: true, skip_org_role_sync: false });
        expect(written.security).toMatchObject({ cookie_secure: true, cookie_samesite: 'lax' });
      }),
      { numRuns: 40 },
    );
  });

  it('changes things where he is an editor, and administers where he is an administrator', () => {
    fc.assert(
      fc.property(anySignIn, (of) => {
        for (const group of groupsOf(of)) {
          const roles = rolesOf(of, [group]);
          if (of.grafana!.oidc!.administrators.includes(group))
            expect([...roles.values()].every((role) => role === 'Admin')).toBe(true);
          else
            for (const { name, editors } of of.tenants)
              if (editors.includes(group))
                expect(roles.get(of.tenants.length === 1 ? MAIN : idOf(name))).toBe('Editor');
              else if (roles.has(idOf(name))) expect(roles.get(idOf(name))).toBe('Viewer');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has a mapping that Grafana can take apart', () => {
    fc.assert(
      fc.property(anySignIn, (of) => {
        for (const mapping of settingsOf(of)['auth.generic_oauth']!.org_mapping.split(' '))
          expect(mapping).toMatch(
            /^[\w.@/+-]+:(\*|1|\$__file\{\/etc\/grafana-organisations\/[\w-]+\}):(Viewer|Editor|Admin)$/,
          );
      }),
      { numRuns: 40 },
    );
  });
});

describe('data sources of every cluster', () => {
  it('have only keys that Grafana knows, and ask as somebody who reads', () => {
    fc.assert(
      fc.property(any, (of) => {
        const file = dataSources(of);
        expect(dataSourcesFile.parse(file)).toEqual(file);
        for (const source of file.datasources.filter(
          ({ uid }) => !['metrics-meta-monitoring', 'profiles'].includes(uid),
        )) {
          const credential = of.credentials.find(({ name }) => name === userOf(source));
          expect(credential?.reads.length, source.name).toBeGreaterThan(0);
          const keys = Object.values(source.secureJsonData).flatMap((value) =>
            [...String(value).matchAll(/\$__file\{\/etc\/tenant-credentials\/([^}]+)\}/g)].map(([, key]) => key!),
          );
          expect(keys.length).toBeGreaterThan(0);
          const secret = of.secrets.find(
            ({ name, namespace }) => name === 'tenant-credentials' && namespace === 'observability',
          );
          // The authority of the gateway's own certificate comes with those.
          expect(secret?.keys).toEqual(expect.arrayContaining(keys.filter((key) => key !== 'ca.crt')));
          if (credential?.writes === undefined && source.type !== 'alertmanager')
            expect(source.jsonData).not.toMatchObject({ manageAlerts: true });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are distinct in each organisation, with one default, and lead to each other within one set', () => {
    fc.assert(
      fc.property(any, (of) => {
        const { datasources } = dataSources(of);
        for (const own of Map.groupBy(datasources, ({ orgId }) => orgId).values()) {
          for (const key of ['uid', 'name'] as const)
            expect(new Set(own.map((source) => source[key])).size).toBe(own.length);
          expect(own.filter(({ isDefault }) => isDefault)).toHaveLength(1);
          for (const source of own)
            for (const [, uid] of JSON.stringify(source.jsonData).matchAll(
              /"(?:datasourceUid|alertmanagerUid)":"([^"]+)"/g,
            ))
              // Profiles are nobody's in particular.
              if (uid !== 'profiles') expect(userOf(own.find((other) => other.uid === uid)!)).toBe(userOf(source));
              else expect(source.orgId).toBe(undefined);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are in no organisation that is not made', () => {
    fc.assert(
      fc.property(any, (of) => {
        const made = of.grafana!.organisations.flatMap(({ name }) => (name === undefined ? [] : [idOf(name)]));
        const used = dataSources(of).datasources.flatMap(({ orgId }) => orgId ?? []);
        expect(new Set(used)).toEqual(new Set(made));
        const variants = of.components.find(({ name }) => name === 'grafana')!.variants;
        expect(variants.includes('organisations')).toBe(made.length > 0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('settings of every cluster', () => {
  it('can be written, and have only keys that Grafana knows', () => {
    fc.assert(
      fc.property(any, (of) => {
        const written = settingsOf(of);
        expect(grafanaSettings.parse(written)).toEqual(written);
        expect(printIni(written, settingComments(written))).toContain('[security]');
        const first = printIni(organisationSettings(written));
        expect(first).toContain('http_addr = 127.0.0.1');
        expect(first).not.toMatch(/oauth|grafana-organisations/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('one tenant', () => {
  it('has its people in the main organisation', () => {
    const of = planned(
      parseValue({
        apiVersion: 'lgtm-fleet/v1',
        kind: 'Cluster',
        metadata: { name: 'any' },
        spec: {
          exposure: {
            gateway: { name: 'public', namespace: 'gateways' },
            grafana: { hostname: 'grafana.example.com' },
          },
          grafana: { oidc: { issuer: 'https://id.example.com', clientId: 'grafana', groupsScope: 'groups' } },
          tenants: [{ name: 'main', load: '100%', viewers: ['all'], editors: ['developers'] }],
        },
      }),
    );
    expect(of.grafana?.organisations).toHaveLength(1);
    expect(settingsOf(of)['auth.generic_oauth']).toMatchObject({
      scopes: 'openid profile email groups',
      org_mapping: 'all:1:Viewer developers:1:Editor',
      allow_assign_grafana_admin: false,
    });
    expect(settingsOf(of)['auth.generic_oauth']).not.toHaveProperty('role_attribute_path');
  });
});
