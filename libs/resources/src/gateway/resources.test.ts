import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { gateway } from './resources.ts';
import { gatewayRoutes, type Route } from './routes.ts';

const hubs = ['home-lab', 'startup', 'prod-eu'];

function emitted(of: Plan) {
  const component = of.components.find(({ name }) => name === 'gateway')!;
  const resources = gateway(of, component);
  const file = resources.configFiles[0]!;
  return { ...resources, text: file.form === 'text' ? file.text : '' };
}

/** The route that nginx would choose: exact ones first, then shapes in their order. */
function chosen(routes: readonly Route[], path: string): Route | undefined {
  const exact = routes.find(({ match }) => 'exact' in match && match.exact === path);
  return exact ?? routes.find(({ match }) => 'shape' in match && new RegExp(match.shape, 'u').test(path));
}

const never = [
  '/',
  '/config',
  '/runtime_config',
  '/ring',
  '/memberlist',
  '/services',
  '/metrics',
  '/ready',
  '/flush',
  '/log_level',
  '/debug/pprof/heap',
  '/distributor/ring',
  '/distributor/all_user_stats',
  '/ingester/flush',
  '/ingester/shutdown',
  '/ingester/prepare_shutdown',
  '/compactor/delete_tenant',
  '/ruler/rule_groups',
  '/store-gateway/ring',
  '/multitenant_alertmanager/delete_tenant_config',
  '/multitenant_alertmanager/configs',
  '/loki/api/v1/cache/generation_numbers',
  '/loki/config',
  '/loki/flush',
  '/tempo/config',
  '/tempo/status',
  '/tempo/flush',
  '/tempo/memberlist',
  '/tempo/live-store/prepare-downscale',
  '/tempo/querier/api/search',
  '/prometheus/api/v1/admin/tsdb/delete_series',
  '/prometheus/api/v1/write',
  '/prometheus/-/quit',
  '/prometheus/-/reload',
  '/prometheus/api/v1/status/config',
  '/prometheus/api/v1/status/flags',
];

const pushes = ['/api/v1/push', '/loki/api/v1/push', '/otlp/v1/metrics', '/otlp/v1/logs', '/otlp/v1/traces'];
const queries = [
  '/prometheus/api/v1/query_range',
  '/prometheus/api/v1/label/job/values',
  '/prometheus/api/v1/rules',
  '/loki/api/v1/query_range',
  '/loki/api/v1/index/volume_range',
  '/loki/api/v1/tail',
  '/loki/api/v1/delete',
  '/loki/api/v1/rules/team/group',
  '/loki/loki/api/v1/query',
  '/loki/prometheus/api/v1/rules',
  '/tempo/api/v2/traces/4bf92f3577b34da6a3ce929d0e0e4736',
  '/tempo/api/v2/search/tag/resource.service.name/values',
];

describe.each(hubs)('%s', (name) => {
  const of = examplePlan(name);
  const routes = gatewayRoutes(of);

  it.each([...pushes, ...queries])('routes %s', (path) => {
    expect(chosen(routes, path)).toBeDefined();
  });

  it.each(never)('never routes %s', (path) => {
    expect(chosen(routes, path)).toBeUndefined();
  });

  it('sends every request over an edge of the connection graph', () => {
    const edges = of.connections
      .filter(({ from }) => from.kind === 'pods' && from.component === 'gateway')
      .map(({ service, port }) => `${String(service)}.observability.svc.cluster.local:${String(port)}`);
    for (const { upstream } of routes) expect(edges).toContain(upstream);
  });

  it('overwrites the tenant wherever a block has headers of its own', () => {
    const blocks = emitted(of).text.split(/\n {8}(?=location|if)/);
    for (const part of blocks.filter((text) => text.includes('proxy_set_header'))) {
      expect(part).toContain('proxy_set_header X-Scope-OrgID $tenant;');
      expect(part).toContain('proxy_set_header Authorization "";');
    }
  });

  it('asks for a credential, and whether it may, everywhere but at its own probe', () => {
    const { text } = emitted(of);
    expect(text.match(/auth_(?:basic|request) off/g)).toHaveLength(2);
    expect(text).toMatch(/location = \/healthz \{\n\s+auth_basic off;\n\s+auth_request off;/);
  });

  it('gives every request that is passed on a tenant by its route and method', () => {
    const { text } = emitted(of);
    for (const part of text.split(/\n {8}(?=location)/).filter((one) => one.includes('proxy_pass'))) {
      const [, grant] = /set \$tenant (\$may_\w+);/.exec(part) ?? [];
      expect(text).toContain(`map $request_method ${String(grant)} {`);
    }
  });

  it('takes no refusal in the words of gRPC for a yes', () => {
    const [, grpc = ''] = emitted(of).text.split('# OTLP over gRPC');
    const [mayIt = ''] = /location = \/may \{[^]*?\n {8}\}/.exec(grpc) ?? [];
    expect(mayIt).toContain('internal;');
    expect(mayIt.match(/error_page .*;/g)).toEqual(['error_page 404 = @404;']);
  });

  it('logs no header and no query string', () => {
    const format = /log_format .*/.exec(emitted(of).text)?.[0] ?? '';
    expect(format).not.toMatch(/authorization|\$request_uri|\$args|\$request[^_]|cookie/i);
  });
});

describe('who answers', () => {
  const host = (name: string, path: string) => chosen(gatewayRoutes(examplePlan(name)), path)?.upstream.split('.')[0];

  it.each([
    ['/loki/api/v1/push', 'loki-distributor'],
    ['/loki/api/v1/query', 'loki-query-frontend'],
    ['/loki/api/v1/tail', 'loki-querier'],
    ['/loki/api/v1/delete', 'loki-compactor'],
    ['/loki/api/v1/rules', 'loki-ruler'],
    ['/api/v1/push', 'mimir-distributor'],
    ['/prometheus/api/v1/query', 'mimir-query-frontend'],
    ['/prometheus/api/v1/alerts', 'mimir-ruler'],
    ['/prometheus/config/v1/rules/team', 'mimir-ruler'],
    ['/api/v1/alerts', 'mimir-alertmanager'],
    ['/alertmanager/api/v2/silences', 'mimir-alertmanager'],
    ['/api/v1/upload/block/01H/start', 'mimir-compactor'],
    ['/otlp/v1/traces', 'tempo-distributor'],
    ['/tempo/api/search', 'tempo-query-frontend'],
  ])('distributed: %s is for %s', (path, service) => {
    expect(host('prod-eu', path)).toBe(service);
  });

  it('highly available: only deletions are for the one compactor', () => {
    expect(host('startup', '/loki/api/v1/delete')).toBe('loki-compactor');
    expect(host('startup', '/loki/api/v1/rules')).toBe('loki');
    expect(host('startup', '/api/v1/push')).toBe('mimir');
  });

  it('gives Prometheus the paths that it knows', () => {
    const routes = gatewayRoutes(examplePlan('home-lab'));
    expect(chosen(routes, '/api/v1/push')?.path).toBe('/prometheus/api/v1/write');
    expect(chosen(routes, '/otlp/v1/metrics')?.path).toBe('/prometheus/api/v1/otlp/v1/metrics');
    expect(chosen(routes, '/alertmanager/')).toBeUndefined();
  });

  it('names the missing edge', () => {
    const of = examplePlan('prod-eu');
    const without = { ...of, connections: of.connections.filter(({ service }) => service !== 'loki-querier') };
    expect(() => gatewayRoutes(without)).toThrow(
      "cluster 'prod-eu': the gateway has no connection to port http of loki-querier",
    );
  });
});

describe('HTTPRoute', () => {
  it('lets only pushes in', () => {
    const [file] = emitted(examplePlan('prod-eu')).objectFiles;
    const spec = file?.objects[0]?.['spec'] as {
      hostnames: string[];
      rules: { matches: { path: { type: string; value: string } }[] }[];
    };
    expect(spec.hostnames).toEqual(['telemetry.eu.example.com']);
    expect(spec.rules.flatMap(({ matches }) => matches.map(({ path }) => path.value)).toSorted()).toEqual(
      pushes.toSorted(),
    );
    expect(spec.rules.flatMap(({ matches }) => matches).every(({ path }) => path.type === 'Exact')).toBe(true);
  });

  it.each(['home-lab', 'startup'])('is absent where ingest is not exposed: %s', (name) => {
    const kinds = emitted(examplePlan(name)).objectFiles.map(({ name: file }) => file);
    expect(kinds).not.toContain('http-route.yaml');
  });
});
