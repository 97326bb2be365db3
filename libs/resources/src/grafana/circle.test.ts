import { panelQueries } from '@lgtm-fleet/dashboards';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { metricsUsed } from '@lgtm-fleet/queries';
import type { Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import { emitters } from '../index.ts';
import type { DataSource } from './data-source-model.ts';
import { dataSources } from './data-sources.ts';

/**
 * The circle: metric → exemplar → trace → log → trace → metric, and from a span to the profile of its service. Each
 * step names a data source, and a label or attribute by which the other side must know the same thing.
 */

const profiled = (name: string, basicAuth = false) =>
  examplePlan(name, {
    grafana: {
      ...(name === 'prod-eu' && { database: { postgres: { host: 'db.example.com', port: 5432, name: 'grafana' } } }),
      profiles: { url: 'https://pyroscope.example.com/api', basicAuth },
    },
  });

type Of<Type extends DataSource['type']> = Extract<DataSource, { readonly type: Type }>;

function pick<Type extends DataSource['type']>(plan: Plan, type: Type, organisation?: string): Of<Type> {
  const found = dataSources(plan).datasources.find(
    (source): source is Of<Type> => source.type === type && source.orgId === organisation,
  );
  if (found === undefined) throw new Error(`no data source of type ${type}`);
  return found;
}

/** Text of a file that another component gets. */
function textOf(plan: Plan, component: 'alloy' | 'alloy-gateway' | 'tempo', name: string): string {
  const planned = plan.components.find((one) => one.name === component)!;
  const file = emitters[component](plan, planned).configFiles.find((one) => one.name === name);
  return file?.form === 'text' ? file.text : JSON.stringify(file?.form === 'yaml' && file.value);
}

describe.each(['home-lab', 'startup', 'prod-eu'])('the circle on %s', (name) => {
  const plan = profiled(name);
  const metrics = pick(plan, 'prometheus');
  const logs = pick(plan, 'loki');
  const traces = pick(plan, 'tempo');
  const profiles = pick(plan, 'grafana-pyroscope-datasource');

  it('every step ends at a data source of its organisation', () => {
    const all = dataSources(plan).datasources;
    for (const { orgId, uid, jsonData } of all) {
      const uids = all.filter((one) => one.orgId === orgId).map((one) => one.uid);
      const named = [...JSON.stringify(jsonData).matchAll(/"(?:datasourceUid|alertmanagerUid)":"([^"]+)"/g)];
      for (const [, target] of named) expect(uids, `${uid} in ${orgId ?? 'the main organisation'}`).toContain(target);
    }
  });

  it('metric → trace: exemplars have the label that the link reads', () => {
    const [first] = metrics.jsonData.exemplarTraceIdDestinations;
    expect(first).toMatchObject({ name: 'trace_id', datasourceUid: traces.uid });
    expect(textOf(plan, 'tempo', 'overrides.yaml') + textOf(plan, 'tempo', 'tempo.yaml')).toContain(
      '"trace_id_label_name":"trace_id"',
    );
  });

  it('trace → log: by the name that collectors give a service, and the id of the trace', () => {
    const { datasourceUid, tags, filterByTraceID } = traces.jsonData.tracesToLogsV2;
    expect([datasourceUid, filterByTraceID]).toEqual([logs.uid, true]);
    expect(tags).toEqual([{ key: 'service.name', value: 'service_name' }]);
    expect(textOf(plan, 'alloy', 'config.alloy')).toContain('target_label  = "service_name"');
  });

  it('log → trace: by structured metadata, and by the line itself', () => {
    const [field, inLine] = logs.jsonData.derivedFields;
    expect(field).toMatchObject({ matcherType: 'label', matcherRegex: 'trace_id', datasourceUid: traces.uid });
    expect(inLine?.datasourceUid).toBe(traces.uid);
    const found = new RegExp(inLine!.matcherRegex).exec('level=info trace_id=4bf92f3577b34da6a3ce929d0e0e4736 msg=ok');
    expect(found?.[1]).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it('trace → metric: by the labels that Tempo gives what it makes of spans', () => {
    const { datasourceUid, tags, queries } = traces.jsonData.tracesToMetrics;
    expect(datasourceUid).toBe(metrics.uid);
    expect(tags).toEqual([{ key: 'service.name', value: 'service' }]);
    for (const { query } of queries)
      expect(metricsUsed(query.replaceAll('$$', '$'), { variables: true }).map((use) => use.name)).toEqual([
        expect.stringMatching(/^traces_spanmetrics_(?:calls_total|latency_bucket)$/),
      ]);
  });

  it('trace → profile: by the name of the service', () => {
    expect(traces.jsonData.tracesToProfiles).toEqual({
      datasourceUid: profiles.uid,
      tags: [{ key: 'service.name', value: 'service_name' }],
      profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
      customQuery: false,
    });
    expect(profiles).toMatchObject({ uid: 'profiles', url: 'https://pyroscope.example.com/api', isDefault: false });
  });

  it('the page of a service asks for it in all three by the same name', () => {
    const asked = panelQueries(plan, { service: 'checkout' }).filter(({ page }) => page === 'lgtm-service');
    const by = {
      promql: /(?:service|client|server)="checkout"/,
      logql: /service_name="checkout"/,
      traceql: /resource\.service\.name = "checkout"/,
    };
    expect(new Set(asked.map(({ language }) => language))).toEqual(new Set(['promql', 'logql', 'traceql']));
    for (const { language, query } of asked) expect(query).toMatch(by[language]);
  });
});

describe('profiles of somebody else', () => {
  it('are seen by the main organisation alone', () => {
    const shown = dataSources(profiled('prod-eu')).datasources.filter(({ uid }) => uid === 'profiles');
    expect(shown.map(({ orgId }) => orgId)).toEqual([undefined]);
    const others = dataSources(profiled('prod-eu')).datasources.filter(({ orgId }) => orgId !== undefined);
    expect(JSON.stringify(others)).not.toContain('tracesToProfiles');
  });

  it('are asked with a password of their own, from a Secret that the plan has', () => {
    const plan = profiled('startup', true);
    expect(pick(plan, 'grafana-pyroscope-datasource')).toMatchObject({
      basicAuth: true,
      basicAuthUser: '$__file{/etc/grafana-profiles/username}',
      secureJsonData: { basicAuthPassword: '$__file{/etc/grafana-profiles/password}' },
    });
    expect(plan.secrets.find((secret) => secret.name === 'grafana-profiles')?.keys).toEqual(['username', 'password']);
    expect(profiled('startup').secrets.some((secret) => secret.name === 'grafana-profiles')).toBe(false);
  });

  it('are a connection of Grafana, to that host and port alone', () => {
    const to = (url: string) =>
      examplePlan('startup', { grafana: { profiles: { url, basicAuth: false } } }).connections.filter(
        (one) => one.to.kind === 'outside' && one.to.name === 'profiles',
      );
    expect(to('https://pyroscope.example.com')).toMatchObject([
      { from: { component: 'grafana' }, to: { hosts: ['pyroscope.example.com'] }, port: 443, protocol: 'https' },
    ]);
    expect(to('http://pyroscope.profiling.svc.cluster.local:4040')).toMatchObject([
      { to: { namespace: 'profiling' }, port: 4040, protocol: 'http' },
    ]);
    expect(
      examplePlan('startup').connections.some(({ to: end }) => end.kind === 'outside' && end.name === 'profiles'),
    ).toBe(false);
  });

  it('do not exist where the spec names none', () => {
    const sources = dataSources(examplePlan('startup')).datasources;
    expect(sources.some(({ type }) => type === 'grafana-pyroscope-datasource')).toBe(false);
    expect(JSON.stringify(sources)).not.toContain('tracesToProfiles');
  });
});
