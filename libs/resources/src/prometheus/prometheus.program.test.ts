import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { findProgram, isExecutable, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import type { Plan } from '@lgtm-fleet/plan';
import { hubPlans, planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { baseArguments } from '../testing/checkout.ts';
import { probe, pushProbe } from '../testing/otlp-probe.ts';
import { yamlFiles } from '../testing/plans.ts';
import { takePosts } from '../testing/posted.ts';
import { ready, start } from '../testing/programs.ts';
import { prometheus } from './resources.ts';

const folder = temporaryFolder('prometheus');
const program = findProgram('prometheus');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('prometheus', program)}`;
const promtool = program === undefined ? '' : join(dirname(program), 'promtool');
const checked = it.skipIf(!isExecutable(promtool));

/** Writes `prometheus.yml` and the files of rules into a folder of its own, and returns the folder. */
function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  mkdirSync(join(home, 'rules'));
  for (const { name, key, text } of yamlFiles(prometheus, plan, 'prometheus'))
    writeFileSync(
      join(home, key === undefined ? name : `rules/${key}`),
      change(text.replace('/etc/prometheus-rules', join(home, 'rules'))),
    );
  return home;
}

/** Arguments of the container as the base has them, with its two folders moved. */
function movedArguments(home: string): readonly string[] {
  return baseArguments('prometheus/stateful-set.yaml').map((argument) =>
    argument.replace('/etc/prometheus', home).replace('/var/prometheus', join(home, 'data')),
  );
}

const hubsWithPrometheus = hubPlans().filter(({ prometheus }) => prometheus !== undefined);

describe.each(hubsWithPrometheus.map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
  checked(
    isExecutable(promtool)
      ? 'promtool finds no fault'
      : 'promtool finds no fault (skipped: no promtool beside prometheus)',
    () => {
      const result = spawnSync(
        promtool,
        ['check', 'config', '--lint=all', '--lint-fatal', join(write(plan), 'prometheus.yml')],
        { encoding: 'utf8' },
      );
      expect(result.stdout + result.stderr).toContain('SUCCESS');
      expect(result.status).toBe(0);
    },
  );

  real(named('Prometheus gives back what was pushed, under the paths that Mimir has'), async () => {
    const home = write(plan);
    const at = `127.0.0.1:${String(await freePort())}`;
    const started = start(program!, [...movedArguments(home), `--web.listen-address=${at}`], home);
    const url = `http://${at}/prometheus`;
    await ready(started, `${url}/-/ready`, 20);
    const pushed = await pushProbe(`${url}/api/v1/otlp/v1/metrics`);
    expect(pushed.status, await pushed.text()).toBe(200);
    const query = encodeURIComponent(probe.query);
    expect(await (await fetch(`${url}/api/v1/query?query=${query}`)).text()).toContain(probe.value);
    const seconds = Math.floor(Date.now() / 1000);
    const exemplars = await fetch(
      `${url}/api/v1/query_exemplars?query=${query}&start=${String(seconds - 60)}&end=${String(seconds + 60)}`,
    );
    expect(await exemplars.text()).toContain(probe.exemplar);
    const refused = await fetch(`${url}/api/v1/write`, { method: 'POST', body: 'no protobuf' });
    expect(refused.status, 'the remote-write receiver is on, and says what is wrong').toBe(400);
  });
});

real(
  named('Prometheus evaluates the files of rules, also those that come later, and tells the Alertmanager'),
  async () => {
    const { url: teller, posts } = await takePosts();
    const plan = planOf({
      notifications: { receivers: [{ name: 'team', webhook: { url: 'https://hooks.example.com/team' } }] },
    });
    const home = write(plan, (text) =>
      text
        .replace(/alertmanager\.monitoring\.svc\.cluster\.local:9093/, new URL(teller).host)
        .replace('evaluation_interval: 60s', 'evaluation_interval: 1s'),
    );
    const at = `127.0.0.1:${String(await freePort())}`;
    const flags = [`--web.listen-address=${at}`, '--config.auto-reload-interval=1s'];
    const started = start(program!, [...movedArguments(home), ...flags], home);
    const url = `http://${at}/prometheus`;
    await ready(started, `${url}/-/ready`, 20);
    const groups = async (): Promise<readonly string[]> => {
      const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as {
        readonly data: { readonly groups: readonly { readonly name: string }[] };
      };
      return data.groups.map(({ name }) => name);
    };
    const given = readdirSync(join(home, 'rules')).map((name) => readFileSync(join(home, 'rules', name), 'utf8'));
    const names = given.flatMap((text) =>
      (parse(text) as { groups: { name: string }[] }).groups.map(({ name }) => name),
    );
    expect(names).toContain('loki-rings');
    expect(await groups()).toEqual(expect.arrayContaining(names));
    const later = 'groups:\n  - name: later\n    rules:\n      - { alert: Later, expr: vector(1) }\n';
    writeFileSync(join(home, 'rules/later.yaml'), later);
    await expect.poll(() => posts.map(({ body }) => body).join('\n'), { timeout: 20_000 }).toContain('"Later"');
    expect(posts[0]?.path).toBe('/api/v2/alerts');
    expect(posts.map(({ body }) => body).join('\n')).toContain('"cluster":"test"');
  },
);
