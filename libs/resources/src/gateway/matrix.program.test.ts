import type { OutgoingHttpHeaders } from 'node:http';
import { planOf } from '@lgtm-fleet/plan/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../testing/certificates.ts';
import { clientCertificates } from '../testing/client-certificates.ts';
import { temporaryFolder } from '@lgtm-fleet/queries/testing';
import { basic, bearer, nginx, startGateway, tested, type Identity, type RunningGateway } from '../testing/nginx.ts';

const folder = temporaryFolder('gateway-matrix');

const plan = planOf({
  kubernetes: { nodes: 3 },
  objectStorage: { seaweedfs: { size: '10GB' } },
  metrics: { store: 'mimir' },
  tenants: [
    { name: 'alpha', load: '40%', writers: [{ name: 'courier', credential: 'token' }] },
    { name: 'beta', load: '40%', credential: 'token', adopts: 'untenanted' },
    { name: 'delta', load: '20%', credential: 'certificate' },
  ],
  readers: [
    { name: 'both', tenants: ['alpha', 'beta'], credential: 'token' },
    { name: 'auditor', tenants: ['alpha'] },
  ],
});

type Who = 'alpha' | 'courier' | 'beta' | 'delta' | 'both' | 'auditor' | 'gone' | 'expired';

/**
 * What each may, written down by hand: the tenant, or tenants, in whose name a request goes on; absent: it does not.
 * `one`: where the store takes a single tenant alone.
 */
const MAY: Readonly<Record<Who, Partial<Record<'write' | 'metrics' | 'logs' | 'traces' | 'one', string>>>> = {
  alpha: { write: 'alpha', metrics: 'alpha', logs: 'alpha', traces: 'alpha', one: 'alpha' },
  courier: { write: 'alpha' },
  beta: { write: 'beta', metrics: 'beta|anonymous', logs: 'beta|fake', traces: 'beta|single-tenant', one: 'beta' },
  delta: { write: 'delta', metrics: 'delta', logs: 'delta', traces: 'delta', one: 'delta' },
  both: { metrics: 'alpha|beta|anonymous', logs: 'alpha|beta|fake', traces: 'alpha|beta|single-tenant' },
  auditor: { metrics: 'alpha', logs: 'alpha', traces: 'alpha', one: 'alpha' },
  gone: {},
  expired: {},
};

type Right = keyof (typeof MAY)['alpha'] | 'nobody';

/** A request, the right that it needs, and who answers it. */
const REQUESTS: readonly (readonly [method: string, path: string, right: Right, upstream: string])[] = [
  ['POST', '/api/v1/push', 'write', 'mimir'],
  ['POST', '/otlp/v1/metrics', 'write', 'mimir'],
  ['POST', '/loki/api/v1/push', 'write', 'loki'],
  ['POST', '/otlp/v1/logs', 'write', 'loki'],
  ['POST', '/otlp/v1/traces', 'write', 'tempo'],
  ['GET', '/loki/api/v1/push', 'nobody', ''],
  ['PUT', '/api/v1/push', 'nobody', ''],
  ['GET', '/prometheus/api/v1/query?query=up', 'metrics', 'mimir'],
  ['POST', '/prometheus/api/v1/query_range', 'metrics', 'mimir'],
  ['GET', '/prometheus/api/v1/label/job/values', 'metrics', 'mimir'],
  ['GET', '/prometheus/api/v1/metadata', 'metrics', 'mimir'],
  ['DELETE', '/prometheus/api/v1/series', 'nobody', ''],
  ['GET', '/prometheus/api/v1/cardinality/label_names', 'one', 'mimir'],
  ['GET', '/prometheus/api/v1/rules', 'one', 'mimir'],
  ['GET', '/prometheus/config/v1/rules/team', 'one', 'mimir'],
  ['POST', '/prometheus/config/v1/rules/team', 'write', 'mimir'],
  ['DELETE', '/prometheus/config/v1/rules/team/group', 'write', 'mimir'],
  ['GET', '/api/v1/alerts', 'one', 'mimir'],
  ['POST', '/api/v1/alerts', 'write', 'mimir'],
  ['POST', '/alertmanager/api/v2/silences', 'write', 'mimir'],
  ['GET', '/alertmanager/api/v2/silences', 'one', 'mimir'],
  ['POST', '/api/v1/upload/block/01H/start', 'write', 'mimir'],
  ['GET', '/api/v1/upload/block/01H/check', 'write', 'mimir'],
  ['GET', '/loki/api/v1/query_range?query=%7Ba%3D%22b%22%7D', 'logs', 'loki'],
  ['GET', '/loki/loki/api/v1/labels', 'logs', 'loki'],
  ['GET', '/loki/api/v1/index/volume', 'logs', 'loki'],
  ['GET', '/loki/api/v1/tail?query=x', 'one', 'loki'],
  ['GET', '/loki/api/v1/drilldown-limits', 'one', 'loki'],
  ['GET', '/loki/api/v1/delete', 'one', 'loki-compactor'],
  ['POST', '/loki/api/v1/delete', 'write', 'loki-compactor'],
  ['DELETE', '/loki/api/v1/delete?request_id=x', 'write', 'loki-compactor'],
  ['GET', '/loki/api/v1/rules', 'one', 'loki'],
  ['POST', '/loki/api/v1/rules/team', 'write', 'loki'],
  ['DELETE', '/loki/loki/api/v1/rules/team', 'write', 'loki'],
  ['GET', '/loki/prometheus/api/v1/alerts', 'one', 'loki'],
  ['GET', '/tempo/api/search?q=%7B%7D', 'traces', 'tempo'],
  ['GET', '/tempo/api/v2/traces/4bf92f3577b34da6a3ce929d0e0e4736', 'traces', 'tempo'],
  ['GET', '/tempo/api/metrics/query_range', 'traces', 'tempo'],
  ['POST', '/tempo/api/search', 'nobody', ''],
];

/** Where nobody has any business, whatever the credential. */
const CLOSED = [
  '/flush',
  '/config',
  '/ring',
  '/metrics',
  '/ingester/shutdown',
  '/tempo/flush',
  '/may',
  '/debug/pprof/',
];

const PASSWORDS = { alpha: 'secret-of-alpha', auditor: 'secret-of-auditor', gone: 'still-there', beta: 'of-old' };
const TOKENS = {
  'token.of.courier': 'courier',
  'token-of-beta': 'beta',
  'token-of-both': 'both',
  'new-token-of-both': 'both',
  'token-of-expired': 'expired',
  'token-of-alpha': 'alpha',
};

const CERTIFICATES = [
  { name: 'server', subject: '/CN=gateway', by: 'ours' },
  { name: 'delta', subject: '/CN=delta', by: 'ours' },
  { name: 'capitals', subject: '/CN=DELTA', by: 'ours' },
  { name: 'alpha', subject: '/CN=alpha', by: 'ours' },
  { name: 'crafted', subject: '/O=x,CN=delta/CN=nobody', by: 'ours' },
  { name: 'forged', subject: '/CN=delta', by: 'theirs' },
] as const;

describe.skipIf(nginx === undefined || openssl === undefined)(
  'who may what at the real nginx (skipped where nginx or openssl is not on PATH)',
  () => {
    let gateway: RunningGateway;
    let text: (name: string) => string;
    const shown = () => ({
      passwords: PASSWORDS,
      tokens: TOKENS,
      clientAuthority: text('ours.crt'),
      certificate: text('server.crt'),
      certificateKey: text('server.key'),
    });
    const identity = (name: string): Identity => ({ cert: text(`${name}.crt`), key: text(`${name}.key`) });
    beforeAll(async () => {
      text = clientCertificates(folder, CERTIFICATES);
      gateway = await startGateway(folder, plan, shown());
    });
    afterAll(() => gateway.stop());

    const credential: Readonly<Record<Who, () => readonly [{ readonly authorization?: string }, Identity?]>> = {
      alpha: () => [basic('alpha', PASSWORDS.alpha)],
      courier: () => [bearer('token.of.courier')],
      beta: () => [bearer('token-of-beta')],
      delta: () => [{}, identity('delta')],
      both: () => [bearer('token-of-both')],
      auditor: () => [basic('auditor', PASSWORDS.auditor)],
      gone: () => [basic('gone', PASSWORDS.gone)],
      expired: () => [bearer('token-of-expired')],
    };

    it('accepts the file', async () => {
      expect(await tested(folder, plan, shown())).toEqual([0, '']);
    });

    const matrix = (Object.keys(MAY) as Who[]).flatMap((who) =>
      [...REQUESTS, ...CLOSED.map((path) => ['GET', path, 'nobody', ''] as const)].map(
        (request) => [who, ...request] as const,
      ),
    );

    it(`lets exactly those of ${String(matrix.length)} requests through that are somebody's right, as whom they are`, async () => {
      expect(matrix.length).toBeGreaterThan(200);
      const before = gateway.seen.length;
      const wrong: string[] = [];
      let allowed = 0;
      for (const [who, method, path, right, upstream] of matrix) {
        const [headers, tls] = credential[who]();
        // Each also claims to be somebody else, in every way that a client can.
        const claims = { 'X-Scope-OrgID': ['gamma', 'alpha|beta'], 'x-scope-orgid': 'delta', x_scope_orgid: 'gamma' };
        const count = gateway.seen.length;
        const { status } = await gateway.ask(path, { ...headers, ...claims }, method, tls);
        const tenant = right === 'nobody' ? undefined : MAY[who][right];
        const closed = CLOSED.includes(path);
        const wanted = tenant === undefined ? (closed ? '404' : '403') : `${upstream} ${tenant} ${method}`;
        const arrived = gateway.seen.length > count ? gateway.seen.at(-1) : undefined;
        const found =
          arrived === undefined
            ? String(status)
            : `${arrived.upstream} ${String(arrived.headers['x-scope-orgid'])} ${arrived.method}`;
        if (found !== wanted) wrong.push(`${who} ${method} ${path}: ${found} instead of ${wanted}`);
        if (tenant !== undefined) allowed += 1;
      }
      expect(wrong).toEqual([]);
      const arrived = gateway.seen.slice(before);
      expect(arrived).toHaveLength(allowed);
      for (const { headers } of arrived)
        expect(Object.keys(headers).filter((name) => /^authorization$|scope_orgid/i.test(name))).toEqual([]);
    });

    it.each<readonly [string, OutgoingHttpHeaders]>([
      ['nothing', {}],
      ['a wrong password', basic('alpha', 'secret-of-beta')],
      ["another's password", basic('alpha', PASSWORDS.auditor)],
      ['a user that there never was', basic('nobody', PASSWORDS.alpha)],
      ['the user in capitals', basic('ALPHA', PASSWORDS.alpha)],
      ['an empty password', basic('alpha', '')],
      ['a token that there never was', bearer('token-of-nobody')],
      ['a token in capitals', bearer('TOKEN-OF-BETA')],
      ['the beginning of a token', bearer('token-of-bet')],
      ['a token with more behind it', bearer('token-of-beta1')],
      ['a token with another character for its dot', bearer('token-of.courier')],
      ['two spaces', { authorization: 'Bearer  token-of-beta' }],
      ['a token as a password', basic('beta', 'token-of-beta')],
      ['another scheme', { authorization: 'Digest token-of-beta' }],
      ['a header that is too long for any credential', bearer('x'.repeat(20_000))],
      ['the name in the header of the tenant alone', { 'X-Scope-OrgID': 'alpha' }],
    ])('answers 401, and passes nothing on: %s', async (_, headers) => {
      const before = gateway.seen.length;
      const asked = ['/api/v1/push', '/loki/api/v1/push', '/loki/api/v1/query', '/tempo/api/search'];
      const answers = await Promise.all(asked.map((path) => gateway.ask(path, headers, 'POST')));
      expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 401));
      expect(gateway.seen).toHaveLength(before);
    });

    it.each([
      ['a password of one whose kind is a token', basic('beta', PASSWORDS.beta), undefined, 403],
      ['a token of one whose kind is a password', bearer('token-of-alpha'), undefined, 403],
      ['a certificate of one whose kind is a password', {}, 'alpha', 403],
      ['a certificate in capitals', {}, 'capitals', 403],
      ['a certificate with a name in another part of its subject', {}, 'crafted', 401],
      ['a certificate of another authority', {}, 'forged', 400],
      ['a certificate and a password', basic('alpha', PASSWORDS.alpha), 'delta', 400],
      ['a certificate and a token', bearer('token-of-beta'), 'delta', 400],
    ] as const)('refuses %s', async (_, headers, name, wanted) => {
      const before = gateway.seen.length;
      const tls = name === undefined ? undefined : identity(name);
      for (const path of ['/loki/api/v1/query', '/prometheus/api/v1/query'])
        expect((await gateway.ask(path, headers, 'GET', tls)).status, path).toBe(wanted);
      expect(gateway.seen).toHaveLength(before);
    });

    it('takes the other kinds on the port for certificates, too, and a second token of one user', async () => {
      const query = '/loki/api/v1/query';
      const tenants = [
        await gateway.ask(query, basic('alpha', PASSWORDS.alpha), 'GET', {}),
        await gateway.ask(query, bearer('token-of-beta'), 'GET', {}),
        await gateway.ask(query, bearer('new-token-of-both'), 'GET'),
      ].map(({ body }) => (JSON.parse(body) as (typeof gateway.seen)[number]).headers['x-scope-orgid']);
      expect(tenants).toEqual(['alpha', 'beta|fake', 'alpha|beta|fake']);
      expect((await gateway.ask(query, {}, 'GET', {})).status).toBe(401);
    });

    it('writes no credential into its log', async () => {
      await expect.poll(() => gateway.log()).toContain('"user":"alpha"');
      for (const secret of [...Object.keys(TOKENS), 'Basic', 'Bearer', basic('gone', PASSWORDS.gone).authorization])
        expect(gateway.log()).not.toContain(secret);
    });
  },
);
