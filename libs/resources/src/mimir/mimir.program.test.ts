import { spawn, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plan as planOf, type Plan } from '@lgtm-fleet/plan';
import { clusterSchema, parse } from '@lgtm-fleet/spec';
import { stringify } from '@lgtm-fleet/yaml';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { mimir } from './resources.ts';

const root = join(import.meta.dirname, '../../../..');
const fleet = { repository: 'https://git.example.com/fleet.git' };
const folder = mkdtempSync(join(tmpdir(), 'mimir-'));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** $MIMIR, or the first `mimir` on PATH, or the one that the testbed built. */
function findMimir(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), '.cache/lgtm-testbed/bin')];
  return [process.env['MIMIR'], ...folders.map((path) => join(path, 'mimir'))]
    .filter((path): path is string => path !== undefined && path !== '')
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const program = findMimir();
const real = it.skipIf(program === undefined);
const named = (what: string): string =>
  program === undefined ? `${what} (skipped: no mimir in $MIMIR, on PATH or in ~/.cache/lgtm-testbed/bin)` : what;

/** Plans of all example clusters that run Mimir. */
function examples(): readonly Plan[] {
  return readdirSync(join(root, 'clusters')).flatMap((name) => {
    const path = join(root, 'clusters', name, 'cluster.yaml');
    if (!existsSync(path)) return [];
    const parsed = parse({ path, text: readFileSync(path, 'utf8') });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    if (parsed.value.cluster.spec.role === 'edge') return [];
    const planned = planOf(parsed.value.cluster, fleet);
    return planned.mimir === undefined ? [] : [planned];
  });
}

/** The generated files with the container's folders moved to a temporary one; returns that folder. */
function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const component = plan.components.find(({ name }) => name === 'mimir');
  if (component === undefined) throw new Error(`${plan.cluster} has no mimir`);
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const part of ['etc/mimir', 'etc/mimir-overrides', 'var/mimir', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const file of mimir(plan, component).configFiles) {
    if (file.form !== 'yaml') throw new Error(`${file.name} is not YAML`);
    const text = stringify(file.value, { comments: file.comments ?? {} });
    writeFileSync(join(home, 'etc', file.configMap.replace('-config', ''), file.name), change(moved(text, home)));
  }
  return home;
}

function moved(text: string, home: string): string {
  return text.replaceAll(/(?<![\w/])\/(etc|var|tmp)\//g, `${home}/$1/`);
}

/** Arguments of the container as the base has them. */
function baseArguments(home: string): readonly string[] {
  const file = parseYaml(readFileSync(join(root, 'base/mimir/monolithic/stateful-set.yaml'), 'utf8')) as {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } };
    };
  };
  return (file.spec.template.spec.containers[0]?.args ?? []).map((argument) =>
    moved(argument.replace('=/', '= /'), home).replace('= ', '='),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Started {
  readonly url: string;
  readonly log: () => string;
  readonly child: ChildProcess;
}

/** Mimir on loopback only; later flags win over those of the base and over the file. */
async function start(home: string, flags: readonly string[]): Promise<Started> {
  const [http, grpc, gossip] = [await freePort(), await freePort(), await freePort()];
  const child = spawn(
    program ?? '',
    [
      ...baseArguments(home),
      '-server.http-listen-address=127.0.0.1',
      `-server.http-listen-port=${String(http)}`,
      '-server.grpc-listen-address=127.0.0.1',
      `-server.grpc-listen-port=${String(grpc)}`,
      '-memberlist.bind-addr=127.0.0.1',
      `-memberlist.bind-port=${String(gossip)}`,
      '-memberlist.advertise-addr=127.0.0.1',
      ...[
        'distributor.ring',
        'ingester.ring',
        'store-gateway.sharding-ring',
        'compactor.ring',
        'ruler.ring',
        'alertmanager.sharding-ring',
        'querier.ring',
        'query-scheduler.ring',
        'overrides-exporter.ring',
        'query-frontend',
      ].map((ring) => `-${ring}.instance-addr=127.0.0.1`),
      ...flags,
    ],
    { cwd: home, env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.push(child);
  let log = '';
  child.stdout.on('data', (part: Buffer) => (log += part.toString()));
  child.stderr.on('data', (part: Buffer) => (log += part.toString()));
  return { url: `http://127.0.0.1:${String(http)}`, log: () => log, child };
}

/** Waits until Mimir is ready or has ended; an end is an error with the last lines that it wrote. */
async function ready({ url, log, child }: Started, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`mimir ended: ${log().slice(-1500)}`);
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() > until)
      throw new Error(`not ready: ${(await answer?.text()) ?? 'no answer'}\n${log().slice(-1500)}`);
    await sleep(200);
  }
}

/** These roles need no other program, and every role reads and checks the whole file. */
const ALONE = '-target=query-scheduler,overrides-exporter';

describe.each(examples().map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
  real(named('Mimir accepts the generated files'), async () => {
    const started = await start(write(plan), [ALONE]);
    await ready(started, 20);
    const limits = await (await fetch(`${started.url}/runtime_config`)).text();
    for (const tenant of plan.tenants)
      expect(limits).toContain(`max_global_series_per_user: ${String(tenant.limits.activeSeries)}`);
  });
});

describe('one process with files', () => {
  const plan = planOf(
    clusterSchema.parse({
      apiVersion: 'lgtm-fleet/v1',
      kind: 'Cluster',
      metadata: { name: 'one' },
      spec: { kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } },
    }),
    fleet,
  );

  real(named('Mimir gives back what was pushed, to its tenant only'), { timeout: 60_000 }, async () => {
    const started = await start(write(plan), ['-ingester.ring.min-ready-duration=0s', `-memberlist.join=127.0.0.1`]);
    await ready(started, 40);
    const nanoseconds = `${String(Date.now())}000000`;
    const point = { asDouble: 42, timeUnixNano: nanoseconds, startTimeUnixNano: nanoseconds };
    const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point] };
    const resource = { attributes: [{ key: 'k8s.namespace.name', value: { stringValue: 'shop' } }] };
    const metrics = [{ name: 'probe', unit: 's', sum }];
    const tenant = (name: string) => ({ 'X-Scope-OrgID': name });
    const pushed = await fetch(`${started.url}/otlp/v1/metrics`, {
      method: 'POST',
      headers: { ...tenant('main'), 'Content-Type': 'application/json' },
      body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
    });
    expect(pushed.status, await pushed.text()).toBe(200);
    const ask = async (name: string): Promise<string> => {
      const query = encodeURIComponent('probe_seconds_total{k8s_namespace_name="shop"}');
      return (await fetch(`${started.url}/prometheus/api/v1/query?query=${query}`, { headers: tenant(name) })).text();
    };
    await expect.poll(() => ask('main'), { timeout: 10_000 }).toContain('"42"');
    expect(await ask('other')).toContain('"result":[]');
    expect((await fetch(`${started.url}/prometheus/api/v1/query?query=up`)).status).toBe(401);
    const alertmanager = await fetch(`${started.url}/alertmanager/api/v2/status`, { headers: tenant('main') });
    expect(await alertmanager.text()).toContain('nobody');
  });

  real(named('Mimir refuses a key that it does not know, so the tests above mean something'), async () => {
    const started = await start(
      write(plan, (text) => text.replace('max_concurrent:', 'max_concurent:')),
      [ALONE],
    );
    await expect(ready(started, 20)).rejects.toThrow('max_concurent');
  });
});
