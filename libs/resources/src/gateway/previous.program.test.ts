import { readFileSync, writeFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { planOf } from '@lgtm-fleet/plan/testing';
import { temporaryFolder } from '@lgtm-fleet/queries/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCredentials, type Shown } from '../testing/credential-files.ts';
import { basic, bearer, nginx, startGateway, type RunningGateway } from '../testing/nginx.ts';

/** What somebody showed before may be shown beside what is shown now, until its line is taken away. */

const folder = temporaryFolder('gateway-previous');
const plan = planOf(
  {
    kubernetes: { nodes: 3 },
    objectStorage: { seaweedfs: { size: '10GB' } },
    metrics: { store: 'mimir' },
    tenants: [
      { name: 'alpha', writers: [{ name: 'courier', credential: 'token' }] },
      { name: 'beta', namespaces: ['beta'] },
    ],
    readers: [{ name: 'both', tenants: ['alpha', 'beta'] }],
  },
  'previous',
);
const NOW: Shown = {
  passwords: { alpha: 'new', beta: 'of-beta', both: 'of-both', gone: 'of-gone' },
  tokens: { 'new-token-of-courier': 'courier' },
};
const CHANGING: Shown = {
  ...NOW,
  previousPasswords: { alpha: 'old', gone: 'old-of-gone' },
  previousTokens: { 'old-token-of-courier': 'courier' },
};
const PUSH = '/loki/api/v1/push';

describe.skipIf(nginx === undefined)('the real nginx, while credentials change (skipped where none is on PATH)', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(folder, plan, CHANGING);
  });
  afterAll(() => gateway.stop());
  const push = async (headers: OutgoingHttpHeaders, body?: string) =>
    (await gateway.ask(PUSH, headers, 'POST', undefined, body)).status;

  it('has one password of a user in a file: the second line is not read', async () => {
    const { passwords } = gateway.files;
    writeCredentials(gateway.files, { ...NOW, passwords: { alpha: 'first' } });
    const first = readFileSync(passwords, 'utf8');
    writeCredentials(gateway.files, { ...NOW, passwords: { alpha: 'second' } });
    writeFileSync(passwords, first + readFileSync(passwords, 'utf8'));
    expect(await Promise.all([push(basic('alpha', 'first')), push(basic('alpha', 'second'))])).toEqual([200, 401]);
    writeCredentials(gateway.files, CHANGING);
  });

  it.each([
    ['the password', basic('alpha', 'new')],
    ['the password before', basic('alpha', 'old')],
    ['the token', bearer('new-token-of-courier')],
    ['the token before', bearer('old-token-of-courier')],
  ])('takes %s, with a body, as the same tenant', async (_, headers) => {
    const from = gateway.seen.length;
    expect(await push(headers, 'x'.repeat(1_000_000))).toBe(200);
    expect(gateway.seen.slice(from)).toMatchObject([
      { method: 'POST', url: PUSH, headers: { 'x-scope-orgid': 'alpha', 'content-length': '1000000' } },
    ]);
    expect(gateway.seen.at(-1)?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['a password that there never was', basic('alpha', 'older')],
    ['the password before of somebody else', basic('beta', 'old')],
    ['a token before as a password', basic('courier', 'old-token-of-courier')],
    ['a password before as a token', bearer('old')],
    ['nothing', {}],
  ])('answers 401 to %s', async (_, headers) => {
    const from = gateway.seen.length;
    expect(await push(headers)).toBe(401);
    expect(gateway.seen).toHaveLength(from);
  });

  it('lets the password before do what the user may, and nothing else', async () => {
    const old = basic('alpha', 'old');
    const statuses = await Promise.all(
      [
        gateway.ask('/loki/api/v1/labels', old),
        gateway.ask('/loki/api/v1/labels', { ...old, 'x-scope-orgid': 'beta' }),
        gateway.ask(PUSH, old, 'GET'),
        gateway.ask('/flush', old, 'POST'),
        gateway.ask('/loki/api/v1/rules/../../../flush', old, 'POST'),
        gateway.ask(PUSH, basic('gone', 'old-of-gone'), 'POST'),
      ].map(async (asked) => (await asked).status),
    );
    expect(statuses).toEqual([200, 200, 403, 404, 400, 403]);
    expect(gateway.seen.slice(-2).map(({ headers }) => headers['x-scope-orgid'])).toEqual(['alpha', 'alpha']);
  });

  it('writes a line of whoever still shows what has a successor, and of nobody else', async () => {
    const from = gateway.log().length;
    for (const headers of [
      basic('alpha', 'new'),
      basic('alpha', 'old'),
      basic('beta', 'of-beta'),
      bearer('new-token-of-courier'),
      bearer('old-token-of-courier'),
      basic('alpha', 'older'),
    ])
      await push({ ...headers, 'user-agent': 'sender/1' });
    await expect.poll(() => gateway.log().slice(from)).toContain('"status":"401"');
    const lines = gateway
      .log()
      .slice(from)
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(lines.map(({ user, credential, status, user_agent }) => [user, credential, status, user_agent])).toEqual([
      ['alpha', 'previous', '200', 'sender/1'],
      ['courier', 'previous', '200', 'sender/1'],
      ['alpha', '', '401', 'sender/1'],
    ]);
  });

  it(
    'takes and refuses by the file as it is: a password at once, a token when it starts anew',
    { timeout: 20_000 },
    async () => {
      writeCredentials(gateway.files, NOW);
      expect(await push(basic('alpha', 'old'))).toBe(401);
      expect(await push(basic('alpha', 'new'))).toBe(200);
      expect(await push(bearer('old-token-of-courier'))).toBe(200);
      gateway.reload();
      await expect.poll(() => push(bearer('old-token-of-courier')), { timeout: 10_000 }).toBe(401);
      expect(await push(bearer('new-token-of-courier'))).toBe(200);
    },
  );
});
