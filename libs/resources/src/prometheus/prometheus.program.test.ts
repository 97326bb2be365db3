import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plan as planOf, type Plan } from '@lgtm-fleet/plan';
import { parse } from '@lgtm-fleet/spec';
import { stringify } from '@lgtm-fleet/yaml';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { prometheus } from './resources.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** $PROMETHEUS, or the first `prometheus` on PATH, or the one that the testbed built. */
function findPrometheus(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), '.cache/lgtm-testbed/bin')];
  return [process.env['PROMETHEUS'], ...folders.map((path) => join(path, 'prometheus'))]
    .filter((path): path is string => path !== undefined && path !== '')
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const program = findPrometheus();
const real = it.skipIf(program === undefined);
const named = (what: string): string =>
  program === undefined
    ? `${what} (skipped: no prometheus in $PROMETHEUS, on PATH or in ~/.cache/lgtm-testbed/bin)`
    : what;
const promtool = program === undefined ? '' : join(dirname(program), 'promtool');
const checked = it.skipIf(!isExecutable(promtool));

/** Plans of all example clusters that run Prometheus. */
function examples(): readonly Plan[] {
  return readdirSync(join(root, 'clusters')).flatMap((name) => {
    const path = join(root, 'clusters', name, 'cluster.yaml');
    if (!existsSync(path)) return [];
    const parsed = parse({ path, text: readFileSync(path, 'utf8') });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    if (parsed.value.cluster.spec.role === 'edge') return [];
    const planned = planOf(parsed.value.cluster, { repository: 'https://git.example.com/fleet.git' });
    return planned.prometheus === undefined ? [] : [planned];
  });
}

/** Writes `prometheus.yml` into a folder of its own, and returns the folder. */
function write(plan: Plan): string {
  const component = plan.components.find(({ name }) => name === 'prometheus');
  if (component === undefined) throw new Error(`${plan.cluster} has no prometheus`);
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const file of prometheus(plan, component).configFiles) {
    if (file.form !== 'yaml') throw new Error(`${file.name} is not YAML`);
    writeFileSync(join(home, file.name), stringify(file.value, { comments: file.comments ?? {} }));
  }
  return home;
}

/** Arguments of the container as the base has them, with its two folders moved. */
function baseArguments(home: string): readonly string[] {
  const file = parseYaml(readFileSync(join(root, 'base/prometheus/stateful-set.yaml'), 'utf8')) as {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } };
    };
  };
  return (file.spec.template.spec.containers[0]?.args ?? []).map((argument) =>
    argument.replace('/etc/prometheus', home).replace('/var/prometheus', join(home, 'data')),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.each(examples().map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
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
    const child = spawn(program ?? '', [...baseArguments(home), `--web.listen-address=${at}`], {
      cwd: home,
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    let log = '';
    child.stderr.on('data', (part: Buffer) => (log += part.toString()));
    const url = `http://${at}/prometheus`;
    for (let tries = 0; (await fetch(`${url}/-/ready`).catch(() => undefined))?.status !== 200; tries += 1) {
      if (child.exitCode !== null || tries > 100) throw new Error(`not ready: ${log.slice(-1500)}`);
      await sleep(200);
    }
    const nanoseconds = `${String(Date.now())}000000`;
    const exemplar = {
      asDouble: 1,
      timeUnixNano: nanoseconds,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    };
    const point = { asDouble: 42, timeUnixNano: nanoseconds, startTimeUnixNano: nanoseconds, exemplars: [exemplar] };
    const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point] };
    const resource = { attributes: [{ key: 'k8s.namespace.name', value: { stringValue: 'shop' } }] };
    const pushed = await fetch(`${url}/api/v1/otlp/v1/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [{ name: 'probe', unit: 's', sum }] }] }],
      }),
    });
    expect(pushed.status, await pushed.text()).toBe(200);
    const query = encodeURIComponent('probe_seconds_total{k8s_namespace_name="shop"}');
    expect(await (await fetch(`${url}/api/v1/query?query=${query}`)).text()).toContain('"42"');
    const seconds = Math.floor(Date.now() / 1000);
    const exemplars = await fetch(
      `${url}/api/v1/query_exemplars?query=${query}&start=${String(seconds - 60)}&end=${String(seconds + 60)}`,
    );
    expect(await exemplars.text()).toContain('"trace_id":"0af7651916cd43dd8448eb211c80319c"');
    const refused = await fetch(`${url}/api/v1/write`, { method: 'POST', body: 'no protobuf' });
    expect(refused.status, 'the remote-write receiver is on, and says what is wrong').toBe(400);
  });
});
