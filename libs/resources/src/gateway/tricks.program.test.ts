import { examplePlan } from '@lgtm-fleet/plan/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '@lgtm-fleet/queries/testing';
import { basic, nginx, startGateway, type RunningGateway } from '../testing/nginx.ts';

const folder = temporaryFolder('gateway-tricks');
const who = basic('platform', 'one');

/** A path and what the gateway makes of it for a tenant with a good password; a number is a refusal. */
const PATHS: readonly (readonly [
  path: string,
  wanted: number | { readonly upstream: string; readonly url: string },
])[] = [
  // Dot segments, as they are, encoded, and encoded twice.
  ['/loki/api/v1/rules/../../../flush', 400],
  ['/loki/api/v1/rules/./x', 400],
  ['/loki/api/v1/rules/%2e%2e/%2e%2e/%2e%2e/%2e%2e/flush', 400],
  ['/loki/api/v1/rules/.%2E/flush', 400],
  ['/loki/api/v1/rules/..%2f..%2f..%2f..%2fflush', 400],
  ['/flush/../loki/api/v1/query', 400],
  ['/loki/api/v1/label/x/../../../../../ingester/shutdown/../values', 400],
  ['/alertmanager/..%2fconfig', 400],
  ['/alertmanager/..', 400],
  ['/alertmanager/.', 400],
  ['/alertmanager/..?x=y', 400],
  ['/alertmanager/%252e%252e/config', { upstream: 'mimir-alertmanager', url: '/alertmanager/%252e%252e/config' }],
  // Empty segments.
  ['//flush', 400],
  ['/loki//api/v1/query', 400],
  ['/loki/api/v1/rules//../../../../config', 400],
  ['/loki/api/v1/rules/%2f%2fflush', 400],
  ['/loki/api/v1/rules/team%2F/x', 400],
  // Encoded slashes belong to the name of a group and nowhere else.
  ['/prometheus/config/v1/rules/team%2Fa', { upstream: 'mimir-ruler', url: '/prometheus/config/v1/rules/team%2Fa' }],
  ['/loki%2fapi%2fv1%2fquery', { upstream: 'loki-query-frontend', url: '/loki%2fapi%2fv1%2fquery' }],
  ['/ingester%2fshutdown', 404],
  ['/%66lush', 404],
  // Case.
  ['/Loki/api/v1/query', 404],
  ['/LOKI/API/V1/QUERY', 404],
  ['/FLUSH', 404],
  ['/Prometheus/api/v1/query', 404],
  // Parameters of a segment, dots and slashes at the end.
  ['/loki/api/v1/query;x=y', 404],
  ['/flush;/loki/api/v1/query', 404],
  ['/loki/api/v1/query/', 404],
  ['/loki/api/v1/query.', 404],
  ['/loki/api/v1/query%20', 404],
  ['/loki/api/v1/query%3f', 404],
  ['/flush?/loki/api/v1/query', 404],
  ['/flush%23/loki/api/v1/query', 404],
  // Control characters and backslashes.
  ['/loki/api/v1/query%00', 400],
  ['/loki/api/v1/query%0a', 400],
  ['/loki/api/v1/query%0d%0aX-Scope-OrgID:%20payments', 400],
  ['/loki/api/v1/query%7f', 400],
  ['/tempo/api/traces/%5c..%5c..%5cflush', 400],
  ['/tempo/api/traces/..\\..\\flush', 400],
  // Prefixes that are taken off are taken off once.
  ['/tempo/flush', 404],
  ['/tempo/tempo/api/search', 404],
  ['/loki/loki/flush', 404],
  ['/loki/loki/loki/api/v1/query', 404],
  ['/tempo/api/search?x=/../../flush', { upstream: 'tempo-query-frontend', url: '/api/search?x=/../../flush' }],
  // Not to be had from outside.
  ['/may', 404],
];

/** Headers of a good push, in lines. */
const PUSH = `POST /loki/api/v1/push HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nAuthorization: ${who.authorization}\r\n`;

/** Requests, byte by byte, of which nothing may come through, or only one, as the tenant that it is. */
const RAW: readonly (readonly [what: string, bytes: string, status: string, tenants: readonly string[]])[] = [
  ['two lengths', `${PUSH}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`, '400', []],
  ['the same length twice', `${PUSH}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`, '400', []],
  ['a list of lengths', `${PUSH}Content-Length: 5, 5\r\n\r\nhello`, '400', []],
  ['a length below zero', `${PUSH}Content-Length: -1\r\n\r\n`, '400', []],
  ['a length and chunks', `${PUSH}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '400', []],
  ['an unknown encoding', `${PUSH}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, '501', []],
  [
    'an encoding with a character before it',
    `${PUSH}Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n`,
    '(?:400|501)',
    [],
  ],
  ['an encoding twice', `${PUSH}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`, '400', []],
  ['a broken chunk', `${PUSH}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`, '400', []],
  ['two credentials', `${PUSH}Authorization: Basic cGF5bWVudHM6dHdv\r\nContent-Length: 0\r\n\r\n`, '400', []],
  [
    'a header line that goes on in the next',
    `${PUSH}X-A: b\r\n X-Scope-OrgID: payments\r\nContent-Length: 0\r\n\r\n`,
    '400',
    [],
  ],
  ['a space before the colon', `${PUSH}X-Scope-OrgID : payments\r\nContent-Length: 0\r\n\r\n`, '400', []],
  ['a zero byte in a header', `${PUSH}X-A: b\u0000c\r\nContent-Length: 0\r\n\r\n`, '400', []],
  ['two hosts', `${PUSH}Host: loki\r\nContent-Length: 0\r\n\r\n`, '400', []],
  ['a method in lower case', PUSH.replace('POST', 'post') + 'Content-Length: 0\r\n\r\n', '400', []],
  [
    'a way to another server',
    `CONNECT loki:3100 HTTP/1.1\r\nHost: loki\r\nAuthorization: ${who.authorization}\r\n\r\n`,
    '(?:400|405)',
    [],
  ],
  ['the old protocol', `GET /loki/api/v1/query\r\n`, '400', []],
  [
    'the tenant four times',
    `${PUSH}X-Scope-OrgID: payments\r\nX-SCOPE-ORGID: a|b\r\nX_Scope_OrgID: payments\r\nX-Scope-OrgID: \r\nContent-Length: 0\r\n\r\n`,
    '200',
    ['platform'],
  ],
  [
    'an address in place of a path',
    PUSH.replace(' /loki', ' http://loki.observability.svc:3100/loki') + 'Content-Length: 0\r\n\r\n',
    '200',
    ['platform'],
  ],
  [
    'an address with a closed path',
    PUSH.replace(' /loki/api/v1/push', ' http://loki:3100/flush') + 'Content-Length: 0\r\n\r\n',
    '404',
    [],
  ],
  [
    'an address with dot segments',
    PUSH.replace(' /loki/api/v1/push', ' http://loki:3100/loki/../flush') + 'Content-Length: 0\r\n\r\n',
    '400',
    [],
  ],
  [
    'a tunnel',
    PUSH.replace('Connection: close', 'Connection: Upgrade, HTTP2-Settings') +
      'Upgrade: h2c\r\nHTTP2-Settings: x\r\nContent-Length: 0\r\n\r\n',
    '200',
    ['platform'],
  ],
  [
    'a second request behind a chunked body',
    `${PUSH.replace('Connection: close\r\n', '')}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /flush HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    '200',
    ['platform'],
  ],
];

describe.skipIf(nginx === undefined)('tricks at the real nginx (skipped where none is on PATH)', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(folder, examplePlan('prod-eu'), {
      passwords: { platform: 'one', payments: 'two' },
      previousPasswords: { platform: 'before' },
    });
  });
  afterAll(() => gateway.stop());

  const judge = (wanted: number | object, status: number, arrived: RunningGateway['seen']): void => {
    if (typeof wanted === 'number') expect([status, arrived]).toEqual([wanted, []]);
    else {
      // It also reads what was written before there were tenants.
      const headers = { 'x-scope-orgid': expect.stringMatching(/^platform(\||$)/) as string };
      expect([status, ...arrived]).toMatchObject([200, { ...wanted, headers }]);
    }
  };
  it.each(PATHS)('%s', async (path, wanted) => {
    const before = gateway.seen.length;
    const { status } = await gateway.ask(path, who);
    judge(wanted, status, gateway.seen.slice(before));
  });

  it('does all of it alike to who shows the password before, whose requests take their route twice', async () => {
    const from = gateway.seen.length;
    // Each waits for a second, so all at once: by its own mark, what arrived is told apart.
    const asked = await Promise.all(
      PATHS.map(([path], index) => gateway.ask(path, { ...basic('platform', 'before'), 'x-mark': String(index) })),
    );
    for (const [index, [, wanted]] of PATHS.entries()) {
      const arrived = gateway.seen.slice(from).filter(({ headers }) => headers['x-mark'] === String(index));
      judge(wanted, asked[index]?.status ?? 0, arrived);
    }
  });

  it.each(RAW)('%s', async (_, bytes, status, tenants) => {
    const before = gateway.seen.length;
    const answer = await gateway.raw(bytes);
    // nginx answers a request of the old protocol with a page alone, and to what is no HTTP at all not always.
    expect(answer.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${status} |^<html>`));
    const arrived = gateway.seen.slice(before);
    expect(arrived.map(({ headers }) => headers['x-scope-orgid'])).toEqual(tenants);
    for (const { url, headers } of arrived) {
      expect(url).toBe('/loki/api/v1/push');
      for (const name of ['authorization', 'x_scope_orgid', 'upgrade']) expect(headers).not.toHaveProperty(name);
    }
  });

  it('refuses bodies and headers that are too large', async () => {
    const before = gateway.seen.length;
    const large = { ...who, 'content-length': String(33 * 1024 * 1024) };
    expect((await gateway.ask('/loki/api/v1/push', large, 'POST')).status).toBe(413);
    const query = { ...who, 'content-length': String(9 * 1024 * 1024) };
    expect((await gateway.ask('/loki/api/v1/query', query, 'POST')).status).toBe(413);
    expect((await gateway.ask(`/loki/api/v1/query?query=${'x'.repeat(70_000)}`, who)).status).toBe(414);
    expect((await gateway.ask('/loki/api/v1/query', { ...who, 'X-A': 'x'.repeat(70_000) })).status).toBe(400);
    expect(gateway.seen).toHaveLength(before);
  });

  it('takes an address as long as queries are', async () => {
    expect((await gateway.ask(`/loki/api/v1/query?query=${'x'.repeat(30_000)}`, who)).status).toBe(200);
  });
});

describe.skipIf(nginx === undefined)('limits at the real nginx (skipped where none is on PATH)', () => {
  const limited = { ...examplePlan('prod-eu'), cluster: 'limited' };
  let gateway: RunningGateway;
  beforeAll(async () => {
    // Few, since what is tested is whose they are and not how many.
    const limits = { requestsPerSecond: 1, burst: 10, connections: 5 };
    gateway = await startGateway(
      folder,
      { ...limited, gateway: limits },
      { passwords: { platform: 'one', payments: 'two' }, previousPasswords: { payments: 'before' } },
    );
  });
  afterAll(() => gateway.stop());

  it('counts a request once that takes its route twice', async () => {
    const asked = Array.from({ length: 5 }, () => gateway.ask('/loki/api/v1/query', basic('payments', 'before')));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('answers 429 to a flood, and not to others, nor to who is flooded by somebody without the password', async () => {
    const query = '/loki/api/v1/query';
    const guesses = await Promise.all(Array.from({ length: 40 }, () => gateway.ask(query, basic('platform', 'no'))));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await gateway.ask(query, who)).status).toBe(200);
    const flood: number[] = [];
    for (let count = 0; count < 40; count += 1) flood.push((await gateway.ask(query, who)).status);
    expect(flood.filter((status) => status === 429).length).toBeGreaterThan(20);
    expect(new Set(flood)).toEqual(new Set([200, 429]));
    expect((await gateway.ask(query, basic('payments', 'two'))).status).toBe(200);
    expect((await gateway.ask('/healthz')).status).toBe(200);
  });
});
