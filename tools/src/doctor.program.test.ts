import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { plannedLimits } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startLoki, write as writeLoki } from '../../libs/resources/src/loki/testing/loki.ts';
import { startMimir, write as writeMimir } from '../../libs/resources/src/mimir/testing/mimir.ts';
import { env, freePorts, startTempo, write as writeTempo } from '../../libs/resources/src/tempo/testing/tempo.ts';
import { ready } from '../../libs/resources/src/testing/programs.ts';
import { examined } from './doctor/examine.ts';
import { client } from './kubernetes/client.ts';
import { kubeconfig } from './testing/api-server.ts';
import { startToyCluster } from './testing/toy-cluster.ts';
import { stackObjects } from './testing/toy-stack.ts';

// The real stores behind the API server in memory: the doctor reads their own pages, and sends its canary to them.

const programs = { loki: findProgram('loki'), mimir: findProgram('mimir'), tempo: findProgram('tempo') };
const missing = Object.entries(programs)
  .map(([name, program]) => unlessFound(name, program))
  .join('');
const real = test.skipIf(missing !== '');

const plan = planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } }, 'one');

interface Stores {
  readonly ports: Readonly<Record<string, number>>;
  readonly planned: readonly ClusterObject[];
  readonly stop: (pod: string) => void;
}

async function startStores(): Promise<Stores> {
  const [lokiHome, mimirHome, ports] = [writeLoki(plan), writeMimir(plan), await freePorts()];
  const [loki, mimir, tempo] = await Promise.all([
    startLoki(programs.loki!, lokiHome, 'variants/monolithic/stateful-set.yaml'),
    startMimir(programs.mimir!, mimirHome, ['-ingester.ring.min-ready-duration=0s', '-memberlist.join=127.0.0.1']),
    startTempo(programs.tempo!, writeTempo(plan, ports), ports, 'variants/monolithic/stateful-set.yaml'),
  ]);
  expect(env).toBeDefined();
  await Promise.all([
    ready(loki, `${loki.url}/ready`, 60),
    ready(mimir, `${mimir.url}/ready`, 60),
    ready(tempo, `http://127.0.0.1:${String(ports.http)}/ready`, 60),
  ]);
  const overridesOf = (store: string, folder: string): ClusterObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${store}-overrides`, namespace: 'observability' },
    data: { 'overrides.yaml': readFileSync(join(folder, `etc/${store}-overrides/overrides.yaml`), 'utf8') },
  });
  const [lokiPort, mimirPort] = [loki, mimir].map(({ url }) => Number(new URL(url).port));
  const gateway = await startWay({
    loki: lokiPort ?? 0,
    mimir: mimirPort ?? 0,
    tempo: ports.http,
    otlp: ports.otlpHttp,
  });
  const children: Readonly<Record<string, { readonly kill: (signal: 'SIGSTOP') => unknown }>> = {
    'loki-0': loki.child,
  };
  return {
    ports: { 'loki-0': lokiPort ?? 0, 'mimir-0': mimirPort ?? 0, 'tempo-0': ports.http, gateway },
    planned: [overridesOf('mimir', mimirHome), overridesOf('loki', lokiHome)],
    stop: (pod) => children[pod]?.kill('SIGSTOP'),
  };
}

/** In the gateway's place: to each store its paths, for the one tenant. What nginx does is tested elsewhere. */
async function startWay(ports: Readonly<Record<'loki' | 'mimir' | 'tempo' | 'otlp', number>>): Promise<number> {
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    const [port, to] =
      path === '/otlp/v1/traces'
        ? [ports.otlp, '/v1/traces']
        : path.startsWith('/tempo/')
          ? [ports.tempo, path.slice('/tempo'.length)]
          : path.startsWith('/loki/prometheus/')
            ? [ports.loki, path.slice('/loki'.length)]
            : path === '/otlp/v1/logs'
              ? [ports.loki, path]
              : [path.startsWith('/loki/') ? ports.loki : ports.mimir, path.replace('/loki/loki/', '/loki/')];
    const headers = { ...asked.headers, 'x-scope-orgid': 'main' };
    const sent = request({ host: '127.0.0.1', port, path: to, method: asked.method, headers }, (back) => {
      answer.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(answer);
    });
    sent.on('error', () => answer.writeHead(502).end('<center>nginx</center>'));
    asked.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function examineStores({ ports, planned }: Stores, sendCanary: boolean) {
  const own: Plan = {
    ...plan,
    components: plan.components.filter(({ name }) => ['loki', 'mimir', 'tempo', 'gateway'].includes(name)),
  };
  const toy = await startToyCluster({
    version: 'v1.36.0',
    objects: [...stackObjects(own, planned)],
    sync: () => [],
    portOf: (pod) => ports[pod] ?? (pod.startsWith('gateway-') ? ports['gateway'] : undefined),
  });
  onTestFinished(toy.close);
  const config = new KubeConfig();
  config.loadFromString(kubeconfig(toy.url));
  return await examined({ client: client(config), config, version: 'v1.36.0' }, own, {
    planned,
    sendCanary,
    expectedJobs: [],
    betweenSeconds: 1,
  });
}

/** What git says of the tenant, for Mimir. */
function wantedOf({ planned }: Stores) {
  const wanted = plannedLimits({ planned: () => planned }, 'mimir')?.['main'] ?? {};
  expect(Object.keys(wanted).length).toBeGreaterThan(1);
  return wanted;
}

real(
  `the pages of the real stores are read, and a canary comes the whole way${missing}`,
  { timeout: 150_000 },
  async () => {
    const stores = await startStores();
    const { report, facts } = await examineStores(stores, true);
    const byPod = new Map((facts.programs ?? []).map((program) => [program.pod, program]));
    const ringsOf = (pod: string) => (byPod.get(pod)?.rings ?? []).map(({ name, members }) => [name, members.length]);
    expect(ringsOf('loki-0')).toEqual([
      ['ingester', 1],
      ['distributor', 1],
      ['compactor', 1],
    ]);
    expect(ringsOf('mimir-0').map(([name]) => name)).toEqual([
      'ingester',
      'distributor',
      'store-gateway',
      'compactor',
      'ruler',
      'alertmanager',
    ]);
    expect(ringsOf('tempo-0')).toEqual([['live-store', 1]]);
    for (const pod of ['loki-0', 'mimir-0', 'tempo-0']) {
      const program = byPod.get(pod);
      expect(program?.faults, pod).toBeUndefined();
      expect(program?.services?.length, pod).toBeGreaterThan(5);
      expect(
        program?.services?.every(({ state }) => state === 'Running'),
        pod,
      ).toBe(true);
      expect(
        program?.metrics?.some(({ name }) => name === 'process_start_time_seconds'),
        pod,
      ).toBe(true);
      expect(program?.secondsBetween, pod).toBeGreaterThan(0.9);
    }
    expect(Object.keys(byPod.get('mimir-0')?.limits ?? {})).toEqual(['main']);
    // Mimir shows what is not as usual; what git says besides is looked up in its configuration.
    expect(byPod.get('mimir-0')?.limits?.['main']).toMatchObject(wantedOf(stores));
    expect(byPod.get('loki-0')?.limits?.['main']?.['retention_period']).toBe(14 * 86_400);
    expect(facts.canary?.steps.map(({ step, signal, ok, detail }) => [step, signal, ok || detail])).toEqual([
      ['write', 'metrics', true],
      ['read', 'metrics', true],
      ['write', 'logs', true],
      ['read', 'logs', true],
      ['write', 'traces', true],
      ['read', 'traces', true],
      ['metric to trace', 'traces', true],
      ['trace to log', 'logs', true],
      ['log to trace', 'traces', true],
      ['trace to metric', 'metrics', true],
    ]);
    const answered = (facts.routes ?? []).filter(({ status }) => status >= 500 || status === 0);
    expect(answered.map(({ path, status, text }) => `${path} ${String(status)} ${text ?? ''}`)).toEqual([]);
    const strangers = new Set(['ring-ghost-member', 'ring-member-missing']);
    // The name of this machine is no pod's.
    expect(report.diagnoses.filter(({ id }) => !strangers.has(id)).map(({ id, what, why }) => [id, what, why])).toEqual(
      [],
    );
  },
);

real(`a real store that is stopped keeps nobody${missing}`, { timeout: 150_000 }, async () => {
  const stores = await startStores();
  stores.stop('loki-0');
  const { report } = await examineStores(stores, false);
  expect(report.seconds).toBeLessThan(45);
  expect(report.diagnoses.map(({ id, where }) => `${id} ${where}`)).toContain(
    'program-not-answering observability/Pod/loki-0',
  );
});
