import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { dataSourcesFile, type DataSource } from './data-source-model.ts';
import { dataSources } from './data-sources.ts';
import { printIni } from './ini.ts';
import { grafana } from './resources.ts';
import { grafanaSettings } from './settings-model.ts';
import { settings } from './settings.ts';

const hubs = ['home-lab', 'startup', 'prod-eu'];
const emitted = (of: Plan) =>
  grafana(
    of,
    of.components.find(({ name }) => name === 'grafana')!,
  );
const iniOf = (of: Plan) => {
  const file = emitted(of).configFiles.find(({ name }) => name === 'grafana.ini');
  return file?.form === 'text' ? file.text : '';
};
/** Every value under any key of one of these names, however deep. */
function under(value: unknown, names: readonly string[]): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    names.includes(key) && typeof inner === 'string' ? [inner] : under(inner, names),
  );
}

describe.each(hubs)('data sources of %s', (name) => {
  const of = examplePlan(name);
  const file = dataSources(of);

  it('have only keys that Grafana knows', () => {
    expect(dataSourcesFile.parse(file)).toEqual(file);
  });

  it('refuse a key that Grafana would ignore', () => {
    const [first] = file.datasources;
    const wrong = { ...file, datasources: [{ ...first, jsonData: { ...first?.jsonData, tracesToLogs: {} } }] };
    expect(dataSourcesFile.safeParse(wrong).success).toBe(false);
    expect(dataSourcesFile.safeParse({ ...file, prune: true }).success).toBe(false);
  });

  it('are distinct, and one is the default', () => {
    // Of each organisation: the main one has all of them, and the others their own again.
    const organisations = [...Map.groupBy(file.datasources, ({ orgId = '' }) => orgId).values()];
    expect(organisations).toHaveLength(of.grafana!.organisations.length);
    for (const own of organisations) {
      for (const key of ['uid', 'name'] as const)
        expect(new Set(own.map((source) => source[key])).size).toBe(own.length);
      expect(own.filter(({ isDefault }) => isDefault).map(({ type }) => type)).toEqual(['prometheus']);
    }
    expect(file.datasources.find(({ isDefault }) => isDefault)?.uid).toBe(`metrics-${of.tenants[0]!.name}`);
  });

  it('lead only to data sources of the same tenant', () => {
    for (const source of file.datasources) {
      const targets = under(source.jsonData, ['datasourceUid', 'alertmanagerUid']);
      for (const target of targets) {
        expect(file.datasources.find(({ uid }) => uid === target)?.basicAuthUser, `${source.uid} → ${target}`).toBe(
          source.basicAuthUser,
        );
      }
    }
  });

  it('correlate both ways', () => {
    for (const { name: tenant } of of.tenants) {
      const find = <Type extends DataSource['type']>(type: Type) =>
        file.datasources.find(
          (source): source is Extract<DataSource, { type: Type }> =>
            source.type === type && source.basicAuthUser === tenant,
        )!;
      const [metrics, logs, traces] = [find('prometheus'), find('loki'), find('tempo')];
      expect(
        metrics.jsonData.exemplarTraceIdDestinations.every(({ datasourceUid }) => datasourceUid === traces.uid),
      ).toBe(true);
      expect(logs.jsonData.derivedFields.every(({ datasourceUid }) => datasourceUid === traces.uid)).toBe(true);
      expect(traces.jsonData.tracesToLogsV2.datasourceUid).toBe(logs.uid);
      expect(traces.jsonData.tracesToMetrics.datasourceUid).toBe(metrics.uid);
      expect(traces.jsonData.serviceMap.datasourceUid).toBe(metrics.uid);
    }
  });

  it('hold no password', () => {
    for (const { uid, basicAuthUser, secureJsonData } of file.datasources)
      expect(secureJsonData.basicAuthPassword, uid).toBe(
        uid === 'metrics-meta-monitoring' ? undefined : `$__file{/etc/tenant-credentials/${String(basicAuthUser)}}`,
      );
  });

  it('carry their reasons', () => {
    const written = emitted(of).configFiles.find(({ name: key }) => key === 'datasources.yaml');
    if (written?.form !== 'yaml') throw new Error('no datasources.yaml');
    expect(stringify(written.value, { comments: written.comments ?? {} })).toContain('# Trace → logs');
  });
});

describe.each(hubs)('grafana.ini of %s', (name) => {
  const of = examplePlan(name);
  const written = settings(of, of.grafana!);

  it('has only keys that Grafana knows', () => {
    expect(grafanaSettings.parse(written)).toEqual(written);
  });

  it('says every key that is set, once', () => {
    const lines = iniOf(of)
      .split('\n')
      .filter((line) => line.includes(' = ') && !line.startsWith(';'));
    expect(lines).toHaveLength(Object.values(written).reduce((sum, keys) => sum + Object.keys(keys ?? {}).length, 0));
  });

  it('names only Secrets and keys that the plan has', () => {
    const references = [...iniOf(of).matchAll(/\$__file\{\/etc\/([^/}]+)\/([^/}]+)\}/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, secret, key] of references)
      expect(
        of.secrets.some((one) => one.name === secret && one.keys.includes(key!)) ||
          // Ids, which a container before Grafana's own writes.
          (secret === 'grafana-organisations' && of.grafana!.organisations.some(({ name }) => name === key)),
        `${String(secret)}/${String(key)}`,
      ).toBe(true);
  });

  it('has no password, and nobody gets in without one', () => {
    for (const [, key, value] of iniOf(of).matchAll(/^(\S*(?:password|secret)\S*) = (.*)$/gm))
      expect(value, key).toMatch(/^\$__file/);
    expect(iniOf(of)).toMatch(/\[auth\.anonymous\]\nenabled = false/);
  });
});

describe('what follows from the spec', () => {
  it('home-lab: a file on the volume, no sign-in elsewhere, cookies without TLS', () => {
    const of = examplePlan('home-lab');
    const written = settings(of, of.grafana!);
    expect(written.database.type).toBe('sqlite3');
    expect(written['auth.generic_oauth']).toBeUndefined();
    expect(written.security.cookie_secure).toBe(false);
    expect(written.unified_alerting).toEqual({ enabled: true });
    expect(emitted(of).objectFiles).toEqual([]);
    expect(dataSources(of).datasources.map(({ type }) => type)).toEqual(['prometheus', 'loki', 'tempo']);
  });

  it('prod-eu: Postgres, replicas that know each other, PKCE, secure cookies, two tenants', () => {
    const of = examplePlan('prod-eu');
    const written = settings(of, of.grafana!);
    expect(written.database).toMatchObject({
      type: 'postgres',
      host: 'grafana-db.eu.example.com:5432',
      name: 'grafana',
    });
    expect(written.unified_alerting).toMatchObject({
      ha_peers: 'grafana-alerting.observability.svc.cluster.local:9094',
      ha_advertise_address: '${POD_IP}:9094',
    });
    expect(written['auth.generic_oauth']).toMatchObject({
      use_pkce: true,
      client_id: 'grafana',
      auth_url: 'https://id.example.com/authorize',
      role_attribute_path: "(contains(groups[*], 'platform-admins')) && 'GrafanaAdmin'",
      org_mapping: expect.stringContaining('platform-admins:*:Admin') as string,
    });
    expect(written['auth.basic']).toEqual({ enabled: false });
    expect(written.users.auto_assign_org_role).toBe('None');
    expect(written.security).toMatchObject({ cookie_secure: true, strict_transport_security: true });
    expect(written.server).toEqual({
      http_port: 3000,
      domain: 'grafana.eu.example.com',
      root_url: 'https://grafana.eu.example.com/',
    });
    const signals = ['metrics', 'logs', 'traces', 'alerts'];
    const main = dataSources(of).datasources.filter(({ orgId }) => orgId === undefined);
    expect(main.map(({ uid }) => uid)).toEqual([
      ...['platform', 'payments', 'self-monitoring'].flatMap((tenant) =>
        signals.map((signal) => `${signal}-${tenant}`),
      ),
      // Who reads several has no alerts of his own.
      ...signals.slice(0, 3).map((signal) => `${signal}-sre`),
      'metrics-meta-monitoring',
    ]);
  });

  it('uses a signing key of its own where the Secret has one', () => {
    const of = examplePlan('startup');
    const secrets = of.secrets.map((secret) =>
      secret.name === 'grafana-admin' ? { ...secret, keys: [...secret.keys, 'secret-key'] } : secret,
    );
    expect(iniOf({ ...of, secrets })).toContain('secret_key = $__file{/etc/grafana-admin/secret-key}');
    expect(iniOf(examplePlan('startup')).includes('secret_key')).toBe(
      of.secrets.some(({ name, keys }) => name === 'grafana-admin' && keys.includes('secret-key')),
    );
  });

  it('exposes Grafana but not its metrics', () => {
    const [file] = emitted(examplePlan('prod-eu')).objectFiles;
    const { rules } = file?.objects[0]?.['spec'] as {
      rules: { matches: { path: { value: string } }[]; backendRefs?: unknown[] }[];
    };
    expect(rules.map(({ matches, backendRefs }) => [matches[0]?.path.value, backendRefs?.length])).toEqual([
      ['/metrics', undefined],
      ['/', 1],
    ]);
  });
});

describe('printIni', () => {
  it('writes sections, reasons and values', () => {
    expect(
      printIni({ a: { x: 1, y: undefined, z: true }, b: {}, c: { u: 'v' } }, { a: 'Why.', 'c/u': 'One.\nTwo.' }),
    ).toBe('; Why.\n[a]\nx = 1\nz = true\n\n[c]\n; One.\n; Two.\nu = v\n');
  });

  it.each(['a;b', 'a#b', ' a', '"a"', "'a'", 'a\nb'])('refuses the value %j', (value) => {
    expect(() => printIni({ s: { k: value } })).toThrow('s/k');
  });

  it('refuses a reason for nothing', () => {
    expect(() => printIni({ s: { k: 1 } }, { 's/l': 'x' })).toThrow("'s/l'");
  });
});
