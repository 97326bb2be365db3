import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { renameSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { planOf } from '../testing/plans.ts';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { ready } from '../testing/programs.ts';
import { startMimir, write } from './testing/mimir.ts';

const program = findProgram('mimir');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('mimir', program)}`;

/** Takes what an Alertmanager posts, for as long as the test runs; the path says for whom it is. */
async function webhooks(): Promise<{ readonly url: string; readonly got: (path: string) => readonly string[] }> {
  const bodies: (readonly [string, string])[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      bodies.push([request.url ?? '', body]);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    got: (path) => bodies.filter(([to]) => to === path).map(([, body]) => body),
  };
}

const HOST = 'https://alerts.example.com';
const plan = planOf(
  {
    kubernetes: { nodes: 1 },
    metrics: { store: 'mimir' },
    selfMonitoring: {},
    tenants: [
      { name: 'alpha', alerts: { webhook: `${HOST}/alpha` } },
      { name: 'beta', alerts: { webhook: `${HOST}/beta` } },
      { name: 'gamma' },
    ],
  },
  'alerts',
);

real(named('Mimir sends the alerts of each tenant to its own webhook only'), { timeout: 60_000 }, async () => {
  const { url, got } = await webhooks();
  // Notifications wait half a minute for others of their group, unless told otherwise.
  const home = write(plan, (text) =>
    text.replaceAll(HOST, url).replace('receiver: webhook', 'receiver: webhook\n  group_wait: 0s'),
  );
  const started = await startMimir(program!, home, [
    '-ingester.ring.min-ready-duration=0s',
    '-memberlist.join=127.0.0.1',
  ]);
  await ready(started, `${started.url}/ready`, 40);
  const alert = (tenant: string): Promise<number> =>
    fetch(`${started.url}/alertmanager/api/v2/alerts`, {
      method: 'POST',
      headers: { 'X-Scope-OrgID': tenant, 'Content-Type': 'application/json' },
      body: JSON.stringify([{ labels: { alertname: `Down-${tenant}` } }]),
    }).then(({ status }) => status);
  for (const { name } of plan.tenants) await expect.poll(() => alert(name), { timeout: 15_000 }).toBe(200);
  for (const tenant of ['alpha', 'beta'])
    await expect.poll(() => got(`/${tenant}`).join('\n'), { timeout: 20_000 }).toContain(`Down-${tenant}`);
  expect(got('/alpha').join('\n')).not.toMatch(/Down-(?!alpha)/);
  expect(got('/beta').join('\n')).not.toMatch(/Down-(?!beta)/);

  const upload = await fetch(`${started.url}/api/v1/alerts`, {
    method: 'POST',
    headers: { 'X-Scope-OrgID': 'alpha' },
    body: 'alertmanager_config: |\n  route: { receiver: mine }\n  receivers: [{ name: mine }]\n',
  });
  expect(upload.status).toBe(500);
});

real(
  named('without its file a tenant has no Alertmanager, so every tenant gets one'),
  { timeout: 60_000 },
  async () => {
    const home = write(plan);
    renameSync(join(home, 'etc/mimir-alert-routes/gamma.yaml'), join(home, 'gamma.gone'));
    const started = await startMimir(program!, home, [
      '-ingester.ring.min-ready-duration=0s',
      '-memberlist.join=127.0.0.1',
    ]);
    await ready(started, `${started.url}/ready`, 40);
    const status = (tenant: string): Promise<number> =>
      fetch(`${started.url}/alertmanager/api/v2/status`, { headers: { 'X-Scope-OrgID': tenant } }).then(
        (it) => it.status,
      );
    await expect.poll(() => status('alpha'), { timeout: 15_000 }).toBe(200);
    expect(await status('gamma')).toBeGreaterThanOrEqual(400);
  },
);
