import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stackTenant } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { HELD_BACK, heldBack, tellIncident } from '../testing/incident.ts';
import { dialled, everyKind, secretValues, TOLD } from '../alerting/notifications.fixture.ts';
import { takeMail, takePosts } from '../testing/posted.ts';
import { ready } from '../testing/programs.ts';
import { startMimir, write } from './testing/mimir.ts';

const program = findProgram('mimir');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('mimir', program)}`;

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
  const { url, posts } = await takePosts();
  const got = (path: string) => posts.filter((post) => post.path === path).map(({ body }) => body);
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

real(
  named('every kind of receiver is told of its severity, and shown what a mounted Secret holds'),
  { timeout: 60_000 },
  async () => {
    const { url, posts } = await takePosts();
    const mail = await takeMail();
    const told = planOf(
      {
        kubernetes: { nodes: 1 },
        metrics: { store: 'mimir' },
        notifications: everyKind,
        tenants: [{ name: 'alpha' }, { name: 'beta', alerts: { receivers: [], routes: { critical: ['hook'] } } }],
      },
      'told',
    );
    const home = write(told, (text) => dialled(text, { url, mail: mail.address }));
    for (const [name, value] of Object.entries(secretValues(url))) {
      mkdirSync(dirname(join(home, 'etc/alert-secrets', name)), { recursive: true });
      writeFileSync(join(home, 'etc/alert-secrets', name), value);
    }
    const started = await startMimir(program!, home, [
      '-ingester.ring.min-ready-duration=0s',
      '-memberlist.join=127.0.0.1',
    ]);
    await ready(started, `${started.url}/ready`, 40);
    const alert = (tenant: string, severity: string): Promise<number> =>
      fetch(`${started.url}/alertmanager/api/v2/alerts`, {
        method: 'POST',
        headers: { 'X-Scope-OrgID': tenant, 'Content-Type': 'application/json' },
        body: JSON.stringify([{ labels: { alertname: `${tenant}-${severity}`, severity } }]),
      }).then(({ status }) => status);
    for (const tenant of ['alpha', 'beta'])
      for (const severity of Object.keys(TOLD))
        await expect.poll(() => alert(tenant, severity), { timeout: 15_000 }).toBe(200);

    const said = (): Readonly<Record<string, string>> => ({
      mail: mail.said.join(''),
      ...Object.fromEntries(
        ['chat', 'pager', 'hook'].map((name) => [
          name,
          posts
            .filter(({ path }) => path === `/${name}`)
            .map(({ body }) => body)
            .join('\n'),
        ]),
      ),
    });
    const heard = (): Readonly<Record<string, readonly string[]>> =>
      Object.fromEntries(
        ['alpha', 'beta'].flatMap((tenant) =>
          Object.keys(TOLD).map((severity) => [
            `${tenant}-${severity}`,
            Object.entries(said()).flatMap(([name, text]) => (text.includes(`${tenant}-${severity}`) ? [name] : [])),
          ]),
        ),
      );
    await expect.poll(heard, { timeout: 20_000 }).toEqual({
      'alpha-critical': ['chat', 'pager'],
      'alpha-warning': ['mail'],
      'alpha-info': [],
      'alpha-unheard': ['hook'],
      'beta-critical': ['hook'],
      'beta-warning': [],
      'beta-info': [],
      'beta-unheard': [],
    });
    expect(said()['pager']).toContain('"routing_key":"key-of-pager"');
    expect(said()['pager']).toContain('"severity":"critical"');
    expect(posts.filter(({ path }) => path === '/hook').map(({ authorization }) => authorization)).toContain(
      'Bearer token-of-hook',
    );
    const signed = /AUTH PLAIN (\S+)/.exec(said()['mail'] ?? '')?.[1] ?? '';
    expect(Buffer.from(signed, 'base64').toString()).toBe('\0fleet\0password-of-mail');
    expect(said()['mail']).toContain('RCPT TO:<team@example.com>');
  },
);

real(
  named('the stack is not told of what another alert explains, and a tenant is told of all of its own'),
  { timeout: 60_000 },
  async () => {
    const watched = planOf(
      {
        kubernetes: { nodes: 1 },
        metrics: { store: 'mimir' },
        selfMonitoring: {},
        notifications: everyKind,
        tenants: [{ name: 'alpha', alerts: { webhook: `${HOST}/alpha` } }],
      },
      'watched',
    );
    // What another explains is looked at when people would be told, which waits half a minute unless said.
    const home = write(watched, (text) => text.replaceAll(/^route:$/gm, 'route:\n  group_wait: 1s'));
    const started = await startMimir(program!, home, [
      '-ingester.ring.min-ready-duration=0s',
      '-memberlist.join=127.0.0.1',
    ]);
    await ready(started, `${started.url}/ready`, 40);
    const api = `${started.url}/alertmanager`;
    for (const [tenant, seen] of [
      [stackTenant(watched), HELD_BACK],
      ['alpha', { held: [], told: [...HELD_BACK.held, ...HELD_BACK.told].toSorted() }],
    ] as const) {
      const headers = { 'X-Scope-OrgID': tenant };
      await expect.poll(() => tellIncident(api, headers), { timeout: 15_000 }).toBe(200);
      await expect.poll(() => heldBack(api, headers), { timeout: 15_000 }).toEqual(seen);
    }
  },
);
