import { connect } from 'node:net';
import type { OutgoingHttpHeaders, SecureClientSessionOptions } from 'node:http2';
import { planOf } from '@lgtm-fleet/plan/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { openssl } from '../testing/certificates.ts';
import { clientCertificates } from '../testing/client-certificates.ts';
import { callGrpc, type GrpcAnswer } from '../testing/grpc.ts';
import { basic, bearer, nginx, startGateway, tested, type RunningGateway } from '../testing/nginx.ts';
import { logsRequest, metricsRequest, traceRequest } from '../testing/otlp-messages.ts';

const folder = temporaryFolder('gateway-grpc');
const ON_THREE = {
  kubernetes: { nodes: 3 },
  objectStorage: { seaweedfs: { size: '10GB' } },
  metrics: { store: 'mimir' },
};
const plan = planOf(
  {
    ...ON_THREE,
    tenants: [
      { name: 'alpha', load: '40%' },
      { name: 'beta', load: '40%', credential: 'token' },
      { name: 'delta', load: '20%', credential: 'certificate' },
    ],
    readers: [{ name: 'auditor', tenants: ['alpha'] }],
  },
  'grpc',
);
const CERTIFICATES = [
  { name: 'server', subject: '/CN=gateway', by: 'ours' },
  { name: 'delta', subject: '/CN=delta', by: 'ours' },
  { name: 'forged', subject: '/CN=delta', by: 'theirs' },
] as const;

const of = { service: 'shop', atMs: 1_700_000_000_000 };
const SIGNALS = [
  ['traces', 'tempo', traceRequest(of, { traceId: '0af7651916cd43dd8448eb211c80319c', name: 'a' })],
  ['metrics', 'alloy-gateway', metricsRequest(of, { name: 'a', labels: {}, value: 1 })],
  ['logs', 'alloy-gateway', logsRequest(of, ['a'])],
] as const;
type SignalName = (typeof SIGNALS)[number][0];
const pathOf = (signal: SignalName) => {
  const [first = '', ...rest] = signal.replace(/^traces$/, 'trace');
  return `/opentelemetry.proto.collector.${signal.replace(/^traces$/, 'trace')}.v1.${first.toUpperCase()}${rest.join('')}Service/Export`;
};

/** In every way that a client can say it. */
const CLAIMS = { 'x-scope-orgid': ['gamma', 'alpha|beta'], x_scope_orgid: 'gamma' };

describe.skipIf(nginx === undefined || openssl === undefined)(
  `OTLP over gRPC at the real nginx${unlessFound('nginx', nginx)}${unlessFound('openssl', openssl)}`,
  () => {
    let gateway: RunningGateway;
    let text: (file: string) => string;
    /** What is behind says no, where a test wants it. */
    let answer = { code: 0, message: '' };
    const bytes: number[] = [];
    const shown = () => ({
      passwords: { alpha: 'of-alpha', auditor: 'of-auditor', gone: 'still-there' },
      previousPasswords: { alpha: 'of-alpha-before' },
      tokens: { 'token-of-beta-12': 'beta' },
      clientAuthority: text('ours.crt'),
      certificate: text('server.crt'),
      certificateKey: text('server.key'),
    });
    beforeAll(async () => {
      text = clientCertificates(folder, CERTIFICATES);
      gateway = await startGateway(folder, plan, shown(), true, {
        saying: ({ message }) => {
          bytes.push(message.length);
          return answer;
        },
      });
    });
    afterAll(() => gateway.stop());

    const plain = (path: string, metadata: OutgoingHttpHeaders, message?: Buffer, method = 'POST') =>
      callGrpc({
        url: `http://127.0.0.1:${String(gateway.grpcPort)}`,
        path,
        metadata,
        method,
        ...(message !== undefined && { message }),
      });
    const secured = (path: string, metadata: OutgoingHttpHeaders, identity: SecureClientSessionOptions) =>
      callGrpc({
        url: `https://127.0.0.1:${String(gateway.grpcTlsPort)}`,
        path,
        metadata,
        tls: { ca: text('ours.crt'), servername: 'gateway', checkServerIdentity: () => undefined, ...identity },
      });
    const identity = (name: string) => ({ cert: text(`${name}.crt`), key: text(`${name}.key`) });
    const short = ({ status, type, code }: GrpcAnswer) => [status, type, code];
    const refused = (code: number) => [200, 'application/grpc', code];

    it('accepts the file', async () => {
      expect(await tested(folder, plan, shown())).toEqual([0, '']);
    });

    const ways: readonly (readonly [string, string, (path: string, message: Buffer) => Promise<GrpcAnswer>])[] = [
      ['a password', 'alpha', (path, message) => plain(path, { ...basic('alpha', 'of-alpha'), ...CLAIMS }, message)],
      ['a token', 'beta', (path, message) => plain(path, { ...bearer('token-of-beta-12'), ...CLAIMS }, message)],
      ['a certificate', 'delta', (path) => secured(path, { ...CLAIMS }, identity('delta'))],
      ['a token, on the port for certificates', 'beta', (path) => secured(path, bearer('token-of-beta-12'), {})],
      [
        'the password before',
        'alpha',
        (path, message) => plain(path, { ...basic('alpha', 'of-alpha-before'), ...CLAIMS }, message),
      ],
    ];

    it.each(
      SIGNALS.flatMap(([signal, upstream, message]) =>
        ways.map(([kind, tenant, push]) => ({ signal, upstream, message, kind, tenant, push })),
      ),
    )(
      'passes $signal on as whom $kind is, whoever it says to be',
      async ({ signal, upstream, message, tenant, push }) => {
        const before = gateway.seen.length;
        const got = await push(pathOf(signal), message);
        expect([...short(got), got.message]).toEqual([200, 'application/grpc', 0, '']);
        const arrived = gateway.seen.slice(before);
        expect(arrived).toMatchObject([
          { upstream, method: 'POST', url: pathOf(signal), headers: { 'x-scope-orgid': tenant, te: 'trailers' } },
        ]);
        expect(Object.keys(arrived[0]?.headers ?? {}).filter((name) => /^authorization$|x_scope/i.test(name))).toEqual(
          [],
        );
      },
    );

    it('passes messages on as they are, up to four MiB', async () => {
      const [, , message] = SIGNALS[0];
      await plain(pathOf('traces'), basic('alpha', 'of-alpha'), message);
      expect(bytes.at(-1)).toBe(message.length);
      const large = await plain(pathOf('traces'), basic('alpha', 'of-alpha'), Buffer.alloc(4 * 1024 ** 2 - 5));
      expect([short(large), bytes.at(-1)]).toEqual([refused(0), 4 * 1024 ** 2 - 5]);
    });

    it.each<readonly [string, OutgoingHttpHeaders]>([
      ['nothing', {}],
      ['a wrong password', basic('alpha', 'of-beta')],
      ['a user that there never was', basic('nobody', 'of-alpha')],
      ['a token that there never was', bearer('token-of-nobody')],
      ['a token as a password', basic('beta', 'token-of-beta-12')],
      ['the name of a tenant alone', { 'x-scope-orgid': 'alpha' }],
    ])('is UNAUTHENTICATED, and passes nothing on: %s', async (_, headers) => {
      const before = gateway.seen.length;
      const answers = await Promise.all(SIGNALS.map(([signal]) => plain(pathOf(signal), headers)));
      expect(answers.map(short)).toEqual(SIGNALS.map(() => refused(16)));
      expect(answers[0]?.message).toBe('no credential that is known here');
      expect(gateway.seen).toHaveLength(before);
    });

    it('is UNAUTHENTICATED to a certificate of another authority, and to none', async () => {
      const before = gateway.seen.length;
      expect(short(await secured(pathOf('logs'), {}, identity('forged')))).toEqual(refused(16));
      expect(short(await secured(pathOf('logs'), {}, {}))).toEqual(refused(16));
      expect(gateway.seen).toHaveLength(before);
    });

    it('takes no two credentials', async () => {
      const answered = await secured(pathOf('logs'), bearer('token-of-beta-12'), identity('delta'));
      expect(short(answered)).toEqual(refused(3));
    });

    it.each([
      ['a reader', basic('auditor', 'of-auditor')],
      ['one who is not in the spec any more', basic('gone', 'still-there')],
    ])('is PERMISSION_DENIED to %s', async (_, headers) => {
      const before = gateway.seen.length;
      for (const [signal] of SIGNALS) expect(short(await plain(pathOf(signal), headers)), signal).toEqual(refused(7));
      expect(gateway.seen).toHaveLength(before);
    });

    it.each([
      '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export',
      '/opentelemetry.proto.collector.trace.v1.TraceService/export',
      '/opentelemetry.proto.collector.trace.v1.TraceService/Export/',
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      '/grpc.health.v1.Health/Check',
      '/tempopb.Pusher/PushBytesV2',
      '/otlp/v1/traces',
      '/loki/api/v1/push',
      '/healthz',
      '/may',
      '/',
    ])('has no %s', async (path) => {
      const before = gateway.seen.length;
      expect(short(await plain(path, basic('alpha', 'of-alpha')))).toEqual(refused(12));
      expect(gateway.seen).toHaveLength(before);
    });

    it.each([`/x/..${pathOf('traces')}`, `/${pathOf('traces')}`, pathOf('traces').replace('/Export', '/%2e/Export')])(
      'takes no path with two meanings: %s',
      async (path) => {
        expect(short(await plain(path, basic('alpha', 'of-alpha')))).toEqual(refused(3));
      },
    );

    it('is written to, and not read', async () => {
      expect(short(await plain(pathOf('traces'), basic('alpha', 'of-alpha'), undefined, 'PUT'))).toEqual(refused(7));
    });

    it('is RESOURCE_EXHAUSTED to what is too large', async () => {
      const large = await plain(pathOf('traces'), basic('alpha', 'of-alpha'), Buffer.alloc(5 * 1024 ** 2));
      expect(short(large)).toEqual(refused(8));
    });

    it('hands on what a store says', async () => {
      answer = { code: 8, message: 'ingestion rate limit exceeded' };
      const got = await plain(pathOf('traces'), basic('alpha', 'of-alpha'));
      answer = { code: 0, message: '' };
      expect([got.code, got.message]).toEqual([8, 'ingestion rate limit exceeded']);
    });

    it('speaks nothing but HTTP/2', async () => {
      const before = gateway.seen.length;
      const said = await over1(gateway.grpcPort, pathOf('traces'), basic('alpha', 'of-alpha').authorization);
      expect(said).not.toMatch(/^HTTP\/1\.1 2/);
      expect(gateway.seen).toHaveLength(before);
    });

    it('writes a line of each refusal and of each failure behind, by the status that HTTP has for it', async () => {
      const from = gateway.log().length;
      answer = { code: 8, message: 'too fast' };
      await plain(pathOf('metrics'), basic('alpha', 'of-alpha'));
      answer = { code: 0, message: '' };
      await plain(pathOf('metrics'), basic('alpha', 'of-alpha'));
      await plain(pathOf('metrics'), basic('auditor', 'of-auditor'));
      await plain(pathOf('metrics'), basic('auditor', 'wrong'));
      await plain('/last', basic('alpha', 'of-alpha'));
      const fields = (): readonly string[] => {
        const lines = gateway.log().slice(from).split('\n').slice(0, -1);
        return lines.map((line) => {
          const { user, status, grpc } = JSON.parse(line) as Record<string, string>;
          return [user, status, grpc].join(' ');
        });
      };
      // Each worker of nginx writes its own, after the answer.
      await expect
        .poll(() => fields().toSorted())
        .toEqual(['alpha 200 8', 'alpha 404 ', 'auditor 401 ', 'auditor 403 ']);
    });

    it('tells senders to come again when one credential asks too often, and nobody else', async () => {
      const { requestsPerSecond, burst } = plan.gateway!;
      const many = Array.from({ length: requestsPerSecond + burst + 200 }, () =>
        plain(pathOf('logs'), basic('alpha', 'of-alpha')),
      );
      const codes = new Set((await Promise.all(many)).map(({ code }) => code));
      expect(codes).toEqual(new Set([0, 14]));
      expect(short(await plain(pathOf('logs'), bearer('token-of-beta-12')))).toEqual(refused(0));
    }, 60_000);
  },
);

describe.skipIf(nginx === undefined)(`gRPC where nobody has a password${unlessFound('nginx', nginx)}`, () => {
  it('asks for tokens alone, and is UNAVAILABLE while nobody is behind', async () => {
    const tokens = planOf({ ...ON_THREE, tenants: [{ name: 'alpha', credential: 'token' }] }, 'grpc-tokens');
    const gateway = await startGateway(folder, tokens, { tokens: { 'token-of-alpha-1': 'alpha' } }, false);
    const call = (metadata: OutgoingHttpHeaders) =>
      callGrpc({ url: `http://127.0.0.1:${String(gateway.grpcPort)}`, path: pathOf('metrics'), metadata });
    const away = await call(bearer('token-of-alpha-1'));
    expect([away.status, away.code]).toEqual([200, 14]);
    expect((await call({})).code).toBe(16);
    expect((await call(basic('alpha', 'x'))).code).toBe(16);
    await gateway.stop();
  });
});

/** The same request by HTTP/1.1; what is said until the end. */
function over1(port: number, path: string, authorization: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    socket.on('error', reject).on('close', () => {
      resolve(text);
    });
    const head = `POST ${path} HTTP/1.1\r\nHost: gateway\r\nAuthorization: ${authorization}\r\n`;
    socket.write(`${head}Content-Type: application/grpc\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
}
