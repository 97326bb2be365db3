import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Report } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { strFromU8, unzipSync } from 'fflate';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { examine } from './doctor/examine.ts';
import type { ExamineOptions } from './doctor/options.ts';
import { plannedObjects } from './doctor/planned.ts';
import { kubeconfig, serve, status } from './testing/api-server.ts';
import { MAIN, runCli, type Ended } from './testing/cli.ts';
import { startToyHospital, type Illness, type ToyHospital } from './testing/toy-hospital.ts';
import { isProblem } from './workspace/problem.ts';

// The doctor on a whole stack in memory: healthy, ill in one way, and broken in ways that must not keep it from ending.

const ROOT = join(import.meta.dirname, '../..');
/** Time enough on a machine that does other things as well; a healthy stack needs a second. */
const QUICK = { totalMs: 60_000, eachMs: 20_000, atOnce: 16 };
/** The command looks twice at counters, eight seconds apart. */
const SLOW = { timeout: 120_000 };
/** No answer of a pod is waited for longer than this. */
const SLOWEST_SECONDS = 35;

let plan: Plan;
let planned: readonly ClusterObject[];
let home = '';
beforeAll(async () => {
  plan = examplePlan('home-lab');
  const found = await plannedObjects(ROOT, 'home-lab');
  if (isProblem(found)) throw new Error(found.message);
  planned = found;
  home = mkdtempSync(join(tmpdir(), 'lgtm-fleet-doctor-'));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

let hospital: ToyHospital | undefined;
afterEach(async () => {
  await hospital?.close();
  hospital = undefined;
});

async function admit(illness: Partial<Illness> = {}): Promise<ToyHospital> {
  hospital = await startToyHospital({ plan, planned, ...illness });
  return hospital;
}

async function examineIt(illness: Partial<Illness>, options: Partial<ExamineOptions> = {}): Promise<Report> {
  const { connection } = await admit(illness);
  return await examine(connection, plan, { planned, limits: QUICK, betweenSeconds: 0.3, ...options });
}

async function doctor(url: string, ...flags: readonly string[]): Promise<Ended> {
  const config = join(home, 'kubeconfig');
  writeFileSync(config, kubeconfig(url));
  return await runCli(['doctor', '--cluster=home-lab', ...flags], {
    env: { KUBECONFIG: config, HOME: home },
    killAfterMs: 110_000,
  });
}

/** In a process of its own, to be watched. */
function start(cluster: string, config: string, ...flags: readonly string[]) {
  return spawn(process.execPath, [MAIN, 'doctor', cluster, ...flags], {
    env: { PATH: process.env['PATH'], KUBECONFIG: config, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What it said, and how long it still ran when it had said all. */
async function endOf(child: ReturnType<typeof start>) {
  let stdout = '';
  let saidAt = 0;
  child.stdout.on('data', (part: Buffer) => {
    stdout += part.toString();
    saidAt = performance.now();
  });
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, stdout, lingeredMs: performance.now() - saidAt };
}

const heads = ({ diagnoses }: Report) => diagnoses.map(({ id, where }) => `${id} ${where}`);
const unhealthy = (reason: string) => ({
  phase: 'Pending',
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [{ name: 'monolithic', ready: false, restartCount: 0, state: { waiting: { reason } } }],
});
const isOf = (component: string) => (object: ClusterObject) =>
  object.metadata.labels?.['app.kubernetes.io/name'] === component;

describe('a healthy stack', SLOW, () => {
  test('has no findings, and everything is known', async () => {
    const report = await examineIt({});
    expect(heads(report)).toEqual([]);
    expect(report.unknown).toEqual([]);
  });

  test('says so on the command line, and was not changed', SLOW, async () => {
    const { url, asked } = await admit();
    const { exitCode, stdout, stderr } = await doctor(url);
    expect(stdout).toMatch(/^no findings on home-lab \(\d+ checks, \d+ s\)\n$/);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    // Every program was asked, and pushes had nothing in them.
    for (const pod of ['loki-0', 'tempo-0', 'prometheus-0'])
      expect(asked.some((one) => one.startsWith(`${pod} /`))).toBe(true);
  });
});

describe('one cause', SLOW, () => {
  test('a deleted ConfigMap, with what follows from it', async () => {
    const report = await examineIt({
      objects: (healthy) => [
        ...healthy
          .filter(({ kind, metadata }) => !(kind === 'ConfigMap' && metadata.name.startsWith('loki-config')))
          .map((object) => {
            if (object.kind === 'Pod' && isOf('loki')(object))
              return { ...object, status: unhealthy('ContainerCreating') };
            return object.kind === 'StatefulSet' && isOf('loki')(object) ? { ...object, status: {} } : object;
          }),
        {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { name: 'e', namespace: 'observability' },
          reason: 'FailedMount',
          message: 'MountVolume.SetUp failed for volume "config": configmap not found',
          lastTimestamp: new Date().toISOString(),
          involvedObject: { kind: 'Pod', name: 'loki-0', namespace: 'observability' },
        },
      ],
    });
    expect(report.diagnoses).toHaveLength(1);
    const [cause] = report.diagnoses;
    expect(cause).toMatchObject({ id: 'config-map-missing', severity: 'error', runbook: 'mount-missing' });
    expect(cause?.what).toMatch(/^ConfigMap loki-config-\w+ is gone$/);
    expect(cause?.symptoms.map(({ id }) => id)).toEqual(['mount-missing', 'workload-unavailable']);
  });

  test('half of the pods are gone', async () => {
    const gone = ['loki', 'tempo', 'gateway'];
    const report = await examineIt({
      objects: (healthy) =>
        healthy
          .filter((object) => object.kind !== 'Pod' || !gone.some((name) => isOf(name)(object)))
          .map((object) =>
            ['StatefulSet', 'Deployment'].includes(object.kind) && gone.some((name) => isOf(name)(object))
              ? { ...object, status: { readyReplicas: 0 } }
              : object,
          ),
    });
    expect(heads(report).toSorted()).toEqual([
      'workload-unavailable observability/Deployment/gateway',
      'workload-unavailable observability/StatefulSet/loki',
      'workload-unavailable observability/StatefulSet/tempo',
    ]);
    expect(report.unknown).toEqual([{ what: 'a way to the gateway', because: 'no pod of the gateway runs' }]);
  });

  test('a workload scaled to none is the cause of paths that lead nowhere', async () => {
    const report = await examineIt({
      objects: (healthy) =>
        healthy
          .filter((object) => object.kind !== 'Pod' || !isOf('loki')(object))
          .map((object) =>
            object.kind === 'StatefulSet' && isOf('loki')(object)
              ? { ...object, spec: { ...(object['spec'] as object), replicas: 0 }, status: {} }
              : object,
          ),
      answer: (pod, path, response) => {
        if (!pod.startsWith('gateway') || !path.includes('loki')) return false;
        response.writeHead(502).end('<hr><center>nginx</center>');
        return true;
      },
    });
    expect(heads(report)).toEqual(['scaled-by-hand observability/StatefulSet/loki']);
    const symptoms = new Set(report.diagnoses[0]?.symptoms.map(({ id }) => id));
    expect(symptoms).toEqual(new Set(['workload-unavailable', 'gateway-errors']));
  });

  test('a path that the gateway does not let through', async () => {
    const report = await examineIt({
      answer: (pod, path, response) => {
        if (!pod.startsWith('gateway') || path !== '/loki/api/v1/push') return false;
        response.writeHead(403).end('<center>nginx</center>');
        return true;
      },
    });
    expect(heads(report)).toEqual(['gateway-path-closed gateway /loki/api/v1/push']);
  });

  test('a scraper that is off', async () => {
    const report = await examineIt({ unscraped: ['kube-system/kubelet', 'monitoring/node-exporter'] });
    expect(report.diagnoses.map(({ what }) => what)).toEqual([
      'nobody scrapes monitoring/node-exporter, kube-system/kubelet',
    ]);
  });

  test('a policy that is not in git', async () => {
    const deny = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace: 'observability' },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    };
    const report = await examineIt({ objects: (healthy) => [...healthy, deny] });
    expect(heads(report)).toEqual(['network-policy-added observability/NetworkPolicy/deny']);
  });

  test('what is left out is not missed', async () => {
    const report = await examineIt(
      { objects: (healthy) => healthy.filter((object) => !isOf('grafana')(object)) },
      { without: ['grafana'] },
    );
    expect(heads(report)).toEqual([]);
  });
});

describe('what is broken keeps nothing else from being learnt', SLOW, () => {
  test('a store that answers 500', async () => {
    const report = await examineIt({
      answer: (pod, path, response) => {
        if (pod !== 'loki-0' || path === '/ready') return false;
        response.writeHead(500).end('internal error');
        return true;
      },
    });
    expect(heads(report)).toEqual(['program-not-answering observability/Pod/loki-0']);
    expect(report.diagnoses[0]?.what).toBe('loki-0 answers with an error of its own');
  });

  test('a store that hangs, and the time that it takes', async () => {
    const report = await examineIt({ answer: (pod) => pod === 'loki-0' }, { limits: { ...QUICK, totalMs: 30_000 } });
    expect(report.seconds).toBeLessThan(SLOWEST_SECONDS);
    expect(report.diagnoses.map(({ what }) => what)).toEqual(['loki-0 does not answer in time']);
  });

  test('the command ends when it has said what it knows, though a store still hangs', SLOW, async () => {
    const { url } = await admit({ answer: (pod) => pod === 'loki-0' });
    const config = join(home, 'kubeconfig');
    writeFileSync(config, kubeconfig(url));
    const { exitCode, stdout, lingeredMs } = await endOf(start('--cluster=home-lab', config));
    expect(stdout).toContain('error[program-not-answering]: loki-0 does not answer in time');
    expect(exitCode).toBe(1);
    expect(lingeredMs).toBeLessThan(10_000);
  });

  test.each([
    ['nothing', ''],
    ['HTML', '<html><body>Welcome</body></html>'],
    ['JSON of another kind', '{"shards":"many","services":7,"SortedMembers":{}}'],
    ['broken JSON', '{"shards":[{"id":'],
    ['bytes', '\u0000\u0001\u0002\ufffd'],
    ['a very long line', 'x'.repeat(2_000_000)],
  ])('garbage in the status pages: %s', async (_, text) => {
    const report = await examineIt({
      answer: (pod, path, response) => {
        if (pod !== 'loki-0' || path === '/ready') return false;
        response.writeHead(200).end(text);
        return true;
      },
    });
    expect(new Set(report.diagnoses.map(({ id }) => id))).toEqual(new Set(['program-not-answering']));
    expect(report.diagnoses[0]).toMatchObject({ severity: 'warning', what: 'loki-0 answers with what cannot be read' });
  });

  test('a clock that is an hour off', async () => {
    const late = new Date(Date.now() - 3_600_000).toUTCString();
    const report = await examineIt({
      api: {
        instead: (_, path) =>
          path === '/version'
            ? (__, response) => {
                response.writeHead(200, { date: late, 'content-type': 'application/json' }).end('{}');
              }
            : undefined,
      },
    });
    expect(report.diagnoses.map(({ id, what }) => [id, what])).toEqual([
      ['clock-skew', 'the clock of the API server is 60 minutes behind'],
    ]);
  });

  test.each([
    ['Secrets', '/secrets/', 'this user may not: forbidden'],
    ['events', '/events', 'this user may not: forbidden'],
    ['logs', '/log', 'this user may not: forbidden'],
    ['volumes', '/proxy/stats/summary', 'this user may not: forbidden'],
  ])('rights are missing: %s', async (_, part, because) => {
    const report = await examineIt({
      api: {
        instead: (__, path) => (path.includes(part) ? status(403, 'Forbidden', 'forbidden') : undefined),
      },
    });
    expect(heads(report)).toEqual([]);
    expect(report.unknown.map((one) => one.because)).toContain(because);
  });

  test('no list of anything: nothing is said, least of all that it is well', SLOW, async () => {
    const forbidden = status(403, 'Forbidden', 'pods is forbidden');
    const { url } = await admit({
      api: { instead: (_, path) => (path === '/version' || !path.includes('/namespaces/') ? undefined : forbidden) },
    });
    const { exitCode, stdout } = await doctor(url);
    expect(stdout).toContain('not known: Pods of observability, because this user may not: pods is forbidden');
    expect(stdout).toMatch(/no findings on home-lab .*; \d+ things are not known/);
    expect(exitCode).toBe(2);
  });

  test('an API server that stops to answer once it was reached', async () => {
    const report = await examineIt(
      { api: { instead: (_, path) => (path === '/version' ? undefined : () => undefined) } },
      { limits: { totalMs: 2500, eachMs: 1000, atOnce: 8 } },
    );
    expect(report.seconds).toBeLessThan(20);
    expect(heads(report)).toEqual([]);
    expect(report.unknown.map(({ because }) => because)).toContain('the time for all was up');
  });
});

describe('no way to the cluster', SLOW, () => {
  test.each([
    ['nothing listens', undefined, /nothing listens there/],
    ['who are you', status(401, 'Unauthorized', 'Unauthorized'), /does not know you/],
    ['you may not', status(403, 'Forbidden', 'no'), /forbids it/],
  ])('%s', async (_, answer, words) => {
    const server = answer === undefined ? undefined : await serve({ 'GET /version': [answer] });
    const { exitCode, stderr } = await doctor(server?.url ?? 'http://127.0.0.1:1');
    await server?.close();
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(2);
  });
});

test('a support bundle has what was seen, and no secret', SLOW, async () => {
  const planted = {
    variable: 'hunter2-in-a-variable',
    config: 'hunter2-in-a-config',
    log: 'hunter2-in-a-log',
    event: 'hunter2-in-an-event',
    applied: 'hunter2-in-an-annotation',
  };
  const passwords: string[] = [];
  const { url } = await admit({
    objects: (healthy) => {
      for (const { kind, data } of healthy)
        if (kind === 'Secret')
          passwords.push(...Object.values(data as Readonly<Record<string, string>>).map((text) => atob(text)));
      return healthy.map((object): ClusterObject => {
        if (object.kind === 'Pod' && object.metadata.name === 'loki-0')
          return {
            ...object,
            metadata: {
              ...object.metadata,
              annotations: { 'kubectl.kubernetes.io/last-applied-configuration': planted.applied },
            },
            spec: {
              containers: [{ name: 'monolithic', env: [{ name: 'SOMETHING', value: planted.variable }] }],
            },
          };
        if (object.kind === 'ConfigMap' && object.metadata.name.startsWith('loki-config'))
          return { ...object, data: { 'loki.yaml': `secret_access_key: ${planted.config}\n` } };
        return object;
      });
    },
    api: {
      logOf: (pod) =>
        pod === 'loki-0' ? `level=error msg="refused" password=${planted.log} again ${passwords.join(' ')}\n` : '',
    },
    answer: (pod, path, response) => {
      if (pod !== 'loki-0' || path !== '/services') return false;
      response.writeHead(500).end(`token: ${planted.event} ${passwords[0] ?? ''}`);
      return true;
    },
  });
  const file = join(home, 'bundle.zip');
  const { exitCode, stdout } = await doctor(url, `--bundle=${file}`);
  expect(exitCode).toBe(1);
  expect(statSync(file).mode & 0o077).toBe(0);
  const texts = new Map(
    Object.entries(unzipSync(readFileSync(file))).map(([path, bytes]) => [path, strFromU8(bytes)] as const),
  );
  for (const path of [
    'report.txt',
    'facts.json',
    'plan.json',
    'objects/Pod.json',
    'programs/loki-0.json',
    'logs/observability/loki-0/monolithic.log',
  ])
    expect([...texts.keys()]).toContain(path);
  expect([...texts.keys()].some((path) => path.includes('Secret'))).toBe(false);
  expect(texts.get('report.txt')).toContain('config-map-changed');
  expect(passwords.length).toBeGreaterThan(3);
  // The name of an administrator is none.
  const secrets = [...Object.values(planted), ...passwords.filter(({ length }) => length > 5)];
  for (const [path, text] of [...texts, ['what was printed', stdout] as const])
    for (const secret of secrets)
      for (const spelling of [secret, btoa(secret)])
        expect(text.includes(spelling), `${path} has ${secret}`).toBe(false);
});

test('a bundle that cannot be written does not cost the report', SLOW, async () => {
  const { url } = await admit();
  const { exitCode, stdout, stderr } = await doctor(url, `--bundle=${join(home, 'out/x.zip')}`);
  expect(stdout).toMatch(/^no findings on home-lab/);
  expect(stderr).toBe(
    `error: the bundle was not written: ${join(home, 'out')} does not exist\n  = help: make the folder, or name a file in another\n`,
  );
  expect(exitCode).toBe(2);
});

test('the command ends when it has said what it knows, though a list still trickles', SLOW, async () => {
  const { url } = await admit({
    api: {
      instead: (_, path) =>
        path.endsWith('/observability/configmaps')
          ? (__, response) => {
              response.writeHead(200);
              const timer = setInterval(() => response.write(' '), 100);
              response.on('close', () => {
                clearInterval(timer);
              });
            }
          : undefined,
    },
  });
  const config = join(home, 'kubeconfig');
  writeFileSync(config, kubeconfig(url));
  const { exitCode, stdout, lingeredMs } = await endOf(start('--cluster=home-lab', config));
  expect(stdout).toContain('not known: ConfigMaps of observability, because no answer within');
  expect(exitCode).toBe(0);
  expect(lingeredMs).toBeLessThan(5000);
});

test('watching says what changes, and nothing else', SLOW, async () => {
  let ill = true;
  const { url } = await admit({
    answer: (pod, path, response) => {
      if (!ill || !pod.startsWith('gateway') || path !== '/loki/api/v1/push') return false;
      ill = false;
      response.writeHead(404).end('<center>nginx</center>');
      return true;
    },
  });
  const config = join(home, 'kubeconfig');
  writeFileSync(config, kubeconfig(url));
  const child = start('--cluster=home-lab', config, '--watch=1s');
  let stdout = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  await expect.poll(() => stdout, { timeout: 80_000, interval: 200 }).toContain('gone:');
  child.kill('SIGKILL');
  const [first = '', second = '', ...more] = stdout.split(/^at \S+$/m);
  expect(first).toContain('error[gateway-path-closed]');
  expect(second.trim()).toBe('gone: the gateway refuses POST /loki/api/v1/push [gateway-path-closed]');
  expect(more).toEqual([]);
});

test('for programs there is JSON', SLOW, async () => {
  const { url } = await admit({ unscraped: ['kube-system/kubelet'] });
  const { exitCode, stdout } = await doctor(url, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    cluster: 'home-lab',
    unknown: [],
    diagnoses: [
      { id: 'scraper-off', severity: 'error', symptoms: [], runbook: expect.stringMatching(/collector-down\.md$/) },
    ],
  });
  expect(exitCode).toBe(1);
});

test.each([
  ['a time that is none', ['--watch=often'], '--watch is not'],
  ['two things', ['--watch', '--bundle=x.zip'], '--watch and --bundle are two things'],
  ['a component that there is not', ['--without=kafka'], "home-lab has no component 'kafka'"],
])('%s', async (_, flags, words) => {
  const { exitCode, stderr } = await doctor('http://127.0.0.1:1', ...flags);
  expect(stderr).toContain(words);
  expect(exitCode).toBe(2);
});
