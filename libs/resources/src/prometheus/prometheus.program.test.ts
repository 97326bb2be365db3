import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isExecutable, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import type { Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import { baseArguments, hubPlans } from '../testing/checkout.ts';
import { probe, pushProbe } from '../testing/otlp-probe.ts';
import { yamlFiles } from '../testing/plans.ts';
import { freePort, ready, start } from '../testing/programs.ts';
import { prometheus } from './resources.ts';

const folder = temporaryFolder('prometheus');
const program = findProgram('prometheus');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('prometheus', program)}`;
const promtool = program === undefined ? '' : join(dirname(program), 'promtool');
const checked = it.skipIf(!isExecutable(promtool));

/** Writes `prometheus.yml` into a folder of its own, and returns the folder. */
function write(plan: Plan): string {
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const { name, text } of yamlFiles(prometheus, plan, 'prometheus')) writeFileSync(join(home, name), text);
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
