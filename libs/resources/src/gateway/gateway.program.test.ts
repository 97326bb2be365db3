import type { OutgoingHttpHeaders } from 'node:http';
import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFile } from '../alloy-syntax/parse.ts';
import { alloy } from '../alloy/resources.ts';
import { temporaryFolder } from '@lgtm-fleet/queries/testing';
import { basic, bearer, nginx, startGateway, tested, type RunningGateway } from '../testing/nginx.ts';
import type { Seen } from '../testing/stores.ts';

const folder = temporaryFolder('gateway');
/** The stages by which the generated configuration of Alloy counts what the gateway refuses. */
function alloyRefusals() {
  const of = examplePlan('prod-eu');
  const [file] = alloy(
    of,
    of.components.find(({ name }) => name === 'alloy')!,
  ).configFiles;
  return parseFile(file?.form === 'text' ? file.text : '')
    .filter(({ name }) => name === 'loki.process')
    .flatMap(({ blocks }) => blocks.filter(({ name }) => name === 'stage.match'))
    .map((stage) => ({
      filter: /`(.+)`/.exec(JSON.parse(stage.attributes.get('selector')?.[0] ?? '""') as string)?.[1] ?? '',
      labels: ['user', 'status'],
    }));
}

/** Room for several tenants, whose metrics need Mimir. */
const MANY = { kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: { size: '10GB' } } };

const passwords = { platform: 'one', payments: 'two', gone: 'three' };

describe.skipIf(nginx === undefined)('the real nginx (skipped where none is on PATH)', () => {
  it.each(['home-lab', 'startup', 'prod-eu'])('accepts the file of %s', async (name) => {
    expect(await tested(folder, examplePlan(name), { passwords })).toEqual([0, '']);
  });

  it('lets tenants be called as nginx calls parts of a map, and as long as names may be', async () => {
    const names = ['default', 'include', 'hostnames', 'volatile', 'x'.repeat(63)];
    const gateway = await startGateway(folder, planOf({ ...MANY, tenants: names.map((name) => ({ name })) }, 'named'), {
      passwords: Object.fromEntries(names.map((name) => [name, `of-${name}`])),
    });
    for (const name of names) await gateway.ask('/loki/api/v1/push', basic(name, `of-${name}`), 'POST');
    await gateway.stop();
    expect(gateway.seen.map(({ headers }) => headers['x-scope-orgid'])).toEqual(names);
  });

  it('asks for tokens alone where nobody has a password', async () => {
    const plan = planOf({ ...MANY, tenants: [{ name: 'alpha', credential: 'token' }] }, 'tokens');
    const gateway = await startGateway(folder, plan, {
      tokens: { 'token-of-alpha-1': 'alpha', 'token-of-old-12': 'old' },
    });
    const statuses = await Promise.all(
      [bearer('token-of-alpha-1'), bearer('token-of-old-12'), bearer('no-such-token-12'), basic('alpha', 'x'), {}].map(
        async (headers) => (await gateway.ask('/loki/api/v1/push', headers, 'POST')).status,
      ),
    );
    await gateway.stop();
    expect(statuses).toEqual([200, 403, 401, 401, 401]);
  });

  describe('in front of stores', () => {
    let gateway: RunningGateway;
    beforeAll(async () => {
      gateway = await startGateway(folder, examplePlan('prod-eu'), { passwords }, false);
    });
    afterAll(() => gateway.stop());
    const ask: RunningGateway['ask'] = (...request) => gateway.ask(...request);
    const seen = async (path: string, headers: OutgoingHttpHeaders = {}, method = 'GET') => {
      const { status, body } = await ask(path, { ...basic('platform', 'one'), ...headers }, method);
      expect(status, path).toBe(200);
      return JSON.parse(body) as Seen;
    };

    it('starts before the stores are known, and finds them when they are', async () => {
      expect((await ask('/loki/api/v1/query', basic('platform', 'one'))).status).toBe(502);
      gateway.know();
      // A name that was not there is remembered for `valid=10s` at most.
      await expect
        .poll(async () => (await ask('/loki/api/v1/query', basic('platform', 'one'))).status, {
          timeout: 15_000,
          interval: 500,
        })
        .toBe(200);
    }, 20_000);

    it('makes the tenant of who signed in, whatever the client says', async () => {
      expect((await seen('/api/v1/push', {}, 'POST')).headers['x-scope-orgid']).toBe('platform');
      expect((await seen('/api/v1/push', basic('payments', 'two'), 'POST')).headers['x-scope-orgid']).toBe('payments');
      for (const spoofed of ['X-Scope-OrgID', 'x-scope-orgid', 'X-SCOPE-ORGID']) {
        expect((await seen('/loki/api/v1/push', { [spoofed]: 'payments' }, 'POST')).headers['x-scope-orgid']).toBe(
          'platform',
        );
        expect(
          (await seen('/loki/api/v1/push', { [spoofed]: ['payments', 'payments|platform'] }, 'POST')).headers[
            'x-scope-orgid'
          ],
        ).toBe('platform');
      }
      expect((await seen('/loki/api/v1/push', { x_scope_orgid: 'payments' }, 'POST')).headers).not.toHaveProperty(
        'x_scope_orgid',
      );
    });

    it('keeps the password to itself', async () => {
      expect((await seen('/tempo/api/search')).headers).not.toHaveProperty('authorization');
    });

    it.each([
      ['none', {}],
      ['a wrong password', basic('platform', 'two')],
      ['an unknown tenant', basic('nobody', 'one')],
      ['a token', { authorization: 'Bearer one' }],
      ['a tenant but no password', { 'x-scope-orgid': 'platform' }],
    ])('refuses with 401: %s', async (_, headers) => {
      const paths = ['/api/v1/push', '/loki/api/v1/query', '/loki/api/v1/tail', '/tempo/api/search', '/otlp/v1/traces'];
      const answers = await Promise.all(paths.map(async (path) => (await ask(path, headers)).status));
      expect(answers).toEqual(paths.map(() => 401));
    });

    it.each([
      '/',
      '/config',
      '/ring',
      '/memberlist',
      '/flush',
      '/ingester/shutdown',
      '/distributor/ring',
      '/compactor/delete_tenant',
      '/multitenant_alertmanager/configs',
      '/tempo/flush',
      '/loki/config',
      '/metrics',
    ])('has no %s', async (path) => {
      expect((await ask(path, basic('platform', 'one'), 'POST')).status).toBe(404);
    });

    it('takes no gRPC at the port of HTTP', async () => {
      const before = gateway.seen.length;
      const headers = { ...basic('platform', 'one'), 'content-type': 'application/grpc', te: 'trailers' };
      for (const service of ['trace.v1.TraceService', 'metrics.v1.MetricsService', 'logs.v1.LogsService'])
        expect((await ask(`/opentelemetry.proto.collector.${service}/Export`, headers, 'POST')).status, service).toBe(
          404,
        );
      expect(await gateway.raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
      expect(gateway.seen).toHaveLength(before);
    });

    it('passes paths and queries on as they came', async () => {
      expect(await seen('/loki/api/v1/query_range?query=%7Ba%3D%22..%2F%2Fb%22%7D')).toMatchObject({
        upstream: 'loki-query-frontend',
        url: '/loki/api/v1/query_range?query=%7Ba%3D%22..%2F%2Fb%22%7D',
      });
      expect(await seen('/prometheus/config/v1/rules/team%2Fa')).toMatchObject({
        upstream: 'mimir-ruler',
        url: '/prometheus/config/v1/rules/team%2Fa',
      });
      expect(await seen('/tempo/api/v2/search/tag/span.http%2Froute/values?q=%7B%7D')).toMatchObject({
        upstream: 'tempo-query-frontend',
        url: '/api/v2/search/tag/span.http%2Froute/values?q=%7B%7D',
      });
      expect(await seen('/loki/loki/api/v1/labels?start=1')).toMatchObject({
        upstream: 'loki-query-frontend',
        url: '/loki/api/v1/labels?start=1',
      });
      expect(await seen('/loki/prometheus/api/v1/rules')).toMatchObject({
        upstream: 'loki-ruler',
        url: '/prometheus/api/v1/rules',
      });
      expect(await seen('/otlp/v1/traces?x=1', {}, 'POST')).toMatchObject({
        upstream: 'tempo-distributor',
        url: '/v1/traces?x=1',
      });
    });

    it('tails over a WebSocket, and opens no other tunnel', async () => {
      const upgrade = { ...basic('platform', 'one'), connection: 'Upgrade', 'x-scope-orgid': 'payments' };
      const tail = await ask('/loki/api/v1/tail?query=x', { ...upgrade, upgrade: 'websocket' });
      expect([tail.status, tail.headers['x-seen-tenant']]).toEqual([101, 'platform']);
      const tunnel = await ask('/loki/api/v1/query', { ...upgrade, upgrade: 'h2c' });
      expect(tunnel.status).toBe(200);
      expect((JSON.parse(tunnel.body) as Seen).headers).not.toHaveProperty('upgrade');
    });

    it('refuses whoever is not in the spec any more, though the password still is', async () => {
      for (const path of ['/api/v1/push', '/loki/api/v1/query', '/tempo/api/search'])
        expect((await ask(path, basic('gone', 'three'), 'POST')).status, path).toBe(403);
    });

    it('writes a line of each refusal that Alloy counts by user and status, and of nothing else', async () => {
      const good = basic('platform', 'one');
      // Lines of the tests before are written by now.
      await ask('/the-first', good);
      await expect.poll(() => gateway.log()).toContain('/the-first');
      const from = gateway.log().length;
      await ask('/api/v1/push', good, 'POST');
      await ask('/ring', good);
      await ask('/loki/api/v1/query', basic('somebody-else', 'x'));
      await ask('/loki/api/v1/query', basic('payments', 'x'));
      await ask('/loki/api/v1/push', good);
      await ask('/loki//api', good);
      await ask('/the-last', good);
      // As the stages of `loki.process` do it: the filter, the fields, and a counter for each pair of values.
      const counted = new Map<string, number>();
      const [stages, ...others] = alloyRefusals();
      expect(others).toEqual([]);
      if (stages === undefined) throw new Error('Alloy counts no refusals');
      await expect.poll(() => gateway.log()).toContain('/the-last');
      for (const line of gateway.log().slice(from).split('\n')) {
        if (!new RegExp(stages.filter).test(line)) continue;
        const fields = JSON.parse(line) as Record<string, string>;
        const labels = stages.labels.map((name) => fields[name]).join(' ');
        counted.set(labels, (counted.get(labels) ?? 0) + 1);
      }
      expect(Object.fromEntries(counted)).toEqual({
        'platform 404': 2,
        ' 401': 1,
        'payments 401': 1,
        'platform 403': 1,
        'platform 400': 1,
      });
    });

    it('logs failures as JSON, without credentials', async () => {
      await ask('/config?token=s3cret', basic('platform', 'one'));
      const lines = () =>
        gateway
          .log()
          .split('\n')
          .filter((line) => line.startsWith('{'));
      await expect.poll(() => lines().at(-1)).toContain('/config');
      expect(JSON.parse(lines().at(-1)!)).toMatchObject({ user: 'platform', path: '/config', status: '404' });
      for (const secret of ['s3cret', Buffer.from('platform:one').toString('base64'), 'Basic'])
        expect(gateway.log()).not.toContain(secret);
    });
  });
});
