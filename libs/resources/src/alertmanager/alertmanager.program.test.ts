import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Plan } from '@lgtm-fleet/plan';
import { hubPlans, planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, isExecutable, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { HELD_BACK, heldBack, tellIncident } from '../testing/incident.ts';
import { dialled, everyKind, secretValues, TOLD } from '../alerting/notifications.fixture.ts';
import { baseArguments } from '../testing/checkout.ts';
import { yamlFiles } from '../testing/plans.ts';
import { takeMail, takePosts } from '../testing/posted.ts';
import { moved, ready, start } from '../testing/programs.ts';
import { alertmanager } from './resources.ts';

const program = findProgram('alertmanager');
const amtool = findProgram('amtool', program === undefined ? [] : [dirname(program)]);
const folder = temporaryFolder('alertmanager');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('alertmanager', program)}`;
const checked = it.skipIf(amtool === undefined || !isExecutable(amtool));

/** The generated files in a folder of their own, which is returned. */
function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const part of ['etc/alertmanager', 'var/alertmanager']) mkdirSync(join(home, part), { recursive: true });
  for (const { name, text } of yamlFiles(alertmanager, plan, 'alertmanager'))
    writeFileSync(join(home, 'etc/alertmanager', name), change(moved(text, home)));
  return home;
}

async function startIt(home: string): Promise<string> {
  const at = `127.0.0.1:${String(await freePort())}`;
  const flags = baseArguments('alertmanager/stateful-set.yaml').map((argument) =>
    argument.replace('$(EXTERNAL_URL)', 'https://grafana.example.com').replace(/=\/(etc|var)/, `=${home}/$1`),
  );
  const started = start(program!, [...flags, `--web.listen-address=${at}`], home);
  await ready(started, `http://${at}/-/ready`, 20);
  return `http://${at}`;
}

async function alert(url: string, labels: Readonly<Record<string, string>>): Promise<void> {
  const { status } = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([{ labels, annotations: { summary: `it is ${labels['alertname'] ?? ''}` } }]),
  });
  expect(status).toBe(200);
}

const told = planOf(
  { notifications: { ...everyKind, deadMansSwitch: { url: 'https://alive.example.com/test', interval: '5m' } } },
  'told',
);
const examples = hubPlans().filter(({ components }) => components.some(({ name }) => name === 'alertmanager'));

describe.each([...examples, told].map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
  checked(`amtool finds no fault${unlessFound('amtool', amtool)}`, () => {
    const { status, stdout, stderr } = spawnSync(
      amtool!,
      ['check-config', join(write(plan), 'etc/alertmanager/alertmanager.yml')],
      { encoding: 'utf8' },
    );
    expect(status, stdout + stderr).toBe(0);
  });
});

checked(`routes lead where the spec says${unlessFound('amtool', amtool)}`, () => {
  const file = `--config.file=${join(write(told), 'etc/alertmanager/alertmanager.yml')}`;
  const to = (...labels: readonly string[]): readonly string[] =>
    spawnSync(amtool!, ['config', 'routes', 'test', file, ...labels], { encoding: 'utf8' })
      .stdout.trim()
      .split(/[\n,]/);
  for (const [severity, names] of Object.entries(TOLD))
    expect(to(`severity=${severity}`), severity).toEqual(names.length === 0 ? ['nobody'] : names);
  expect(to('alertname=Any')).toEqual(['hook']);
  expect(to('alertname=DeadMansSwitch', 'severity=critical')).toEqual(['dead-mans-switch']);
});

real(named('it tells every kind of receiver'), { timeout: 60_000 }, async () => {
  const { url, posts } = await takePosts();
  const mail = await takeMail();
  const home = write(told, (text) => dialled(text, { url, mail: mail.address }));
  for (const [name, value] of Object.entries(secretValues(url))) {
    mkdirSync(dirname(join(home, 'etc/alert-secrets', name)), { recursive: true });
    writeFileSync(join(home, 'etc/alert-secrets', name), value);
  }
  const at = await startIt(home);
  for (const severity of Object.keys(TOLD)) await alert(at, { alertname: `Of-${severity}`, severity });
  const of = (path: string): string =>
    posts
      .filter((post) => post.path === path)
      .map(({ body }) => body)
      .join('\n');
  await expect.poll(() => of('/chat'), { timeout: 15_000 }).toContain('Of-critical');
  await expect.poll(() => of('/pager'), { timeout: 15_000 }).toContain('Of-critical');
  await expect.poll(() => of('/hook'), { timeout: 15_000 }).toContain('Of-unheard');
  await expect.poll(() => mail.said.join(''), { timeout: 15_000 }).toContain('Of-warning');
  // Alertmanager has no text of its own for Slack.
  expect(of('/chat')).toContain('it is Of-critical');
  expect(`${of('/chat')}${of('/pager')}${of('/hook')}${mail.said.join('')}`).not.toContain('Of-info');
});

real(named('the dead man hears of it at every interval, and not each other time'), { timeout: 60_000 }, async () => {
  const { url, posts } = await takePosts();
  const home = write(told, (text) =>
    text
      .replace('https://alive.example.com/test', `${url}/alive`)
      .replace('group_interval: 5m', 'group_interval: 2s')
      .replace('repeat_interval: 270s', 'repeat_interval: 1800ms'),
  );
  const at = await startIt(home);
  // As Prometheus does: the same alert again and again.
  for (let seconds = 0; seconds < 11; seconds += 1) {
    await alert(at, { alertname: 'DeadMansSwitch', cluster: 'told' });
    await sleep(1000);
  }
  const heard = posts.filter(({ path }) => path === '/alive').length;
  expect(heard).toBeGreaterThanOrEqual(4);
  expect(heard).toBeLessThanOrEqual(7);
});

real(named('nobody is told of what another alert explains'), { timeout: 60_000 }, async () => {
  const watched = planOf({ metrics: { store: 'mimir' }, selfMonitoring: {}, notifications: everyKind }, 'watched');
  const at = await startIt(write(watched));
  expect(await tellIncident(at)).toBe(200);
  await expect.poll(() => heldBack(at), { timeout: 15_000 }).toEqual(HELD_BACK);
});
