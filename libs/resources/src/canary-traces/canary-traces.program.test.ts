import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it, onTestFinished } from 'vitest';
import { freePorts, startTempo, write } from '../tempo/testing/tempo.ts';
import { baseArguments, baseScript } from '../testing/checkout.ts';
import { counter } from '../testing/counters.ts';
import { loopbackDns } from '../testing/loopback-dns.ts';
import { asIs, nginx, startGateway, type RunningGateway } from '../testing/nginx.ts';
import { moved, ready, start, type Started } from '../testing/programs.ts';
import { frontDoorConf } from './front-door.ts';

const tempo = findProgram('tempo');
const vulture = findProgram('tempo-vulture', [dirname(tempo ?? '.')]);
const folder = temporaryFolder('canary-traces');
const missing = [unlessFound('tempo', tempo), unlessFound('tempo-vulture', vulture), unlessFound('nginx', nginx)].join(
  '',
);
const PASSWORD = 'a/b+c= $d';
const HOST = 'tempo.observability.svc.cluster.local';

interface Store {
  readonly gateway: RunningGateway;
  /** Of Tempo itself. */
  readonly url: string;
}

/** The real Tempo and nginx before it, as they are generated. */
async function store(): Promise<Store> {
  const plan = planOf(
    { kubernetes: { nodes: 1 }, metrics: { store: 'mimir' }, selfMonitoring: { tenant: 'stack' } },
    'canary-traces',
  );
  const ports = await freePorts();
  // Of the last half minute Tempo answers nothing, and a search finds what has had no new span for ten seconds: longer
  // than the test has.
  const sooner = 'live_store:\n  max_trace_idle: 1s\n  flush_check_period: 1s\nquery_frontend:\n  query_end_cutoff: 1s';
  const home = write(plan, ports, (text) => text.replace(/^query_frontend:$/m, sooner));
  const running = await startTempo(tempo!, home, ports, 'variants/monolithic/stateful-set.yaml');
  const url = `http://127.0.0.1:${String(ports.http)}`;
  await ready(running, `${url}/ready`, 40);
  const behind = new Map([
    [`${HOST}:4317`, ports.otlpGrpc],
    [`${HOST}:3200`, ports.http],
  ]);
  const gateway = await startGateway(folder, plan, { passwords: { stack: PASSWORD } }, true, { ports: behind });
  onTestFinished(() => gateway.stop());
  return { gateway, url };
}

interface Canary {
  readonly program: Started;
  readonly url: string;
}

/** The containers of the pod in their order, with the arguments of the base. */
async function canary({ port, grpcPort }: RunningGateway, password: string): Promise<Canary> {
  const home = mkdtempSync(join(folder, 'pod-'));
  for (const part of ['etc/canary-traces-credential', 'tmp']) mkdirSync(join(home, part), { recursive: true });
  const script = moved(baseScript('canary-traces/deployment.yaml', 'credential'), home);
  execFileSync('/bin/sh', ['-ec', script], { env: { PATH: '/usr/bin:/bin', TENANT: 'stack', PASSWORD: password } });
  const credential = join(home, 'etc/canary-traces-credential/credential.conf');
  expect(readFileSync(credential, 'utf8')).not.toContain(password);

  const [push, query, metrics] = [await freePort(), await freePort(), await freePort()];
  const config = join(home, 'nginx.conf');
  const text = frontDoorConf({
    listenGrpc: `127.0.0.1:${String(push)}`,
    listenHttp: `127.0.0.1:${String(query)}`,
    gatewayGrpc: `gateway.observability.svc.cluster.local:${String(grpcPort)}`,
    gatewayHttp: `gateway.observability.svc.cluster.local:${String(port)}`,
    resolver: `127.0.0.1:${String(await loopbackDns())}`,
    credential,
    tmp: join(home, 'tmp'),
  });
  writeFileSync(config, text);
  start(nginx!, ['-c', config, '-e', 'stderr', ...asIs], home, {}, 'SIGTERM');

  const values: Readonly<Record<string, string>> = { TENANT: 'stack', RETENTION: '47h' };
  const filled = baseArguments('canary-traces/deployment.yaml').map((argument) =>
    argument.replaceAll(/\$\((\w+)\)/g, (whole, name: string) => values[name] ?? whole),
  );
  // Of two flags the later counts; waits are cut short, and nothing else is.
  const program = start(
    vulture!,
    [
      ...filled,
      `-prometheus-listen-address=127.0.0.1:${String(metrics)}`,
      `-tempo-push-url=http://127.0.0.1:${String(push)}`,
      `-tempo-query-url=http://127.0.0.1:${String(query)}`,
      '-tempo-write-backoff-duration=1s',
      '-tempo-long-write-backoff-duration=10s',
      ...['read', 'search', 'metrics'].map((kind) => `-tempo-${kind}-backoff-duration=1s`),
    ],
    home,
  );
  const url = `http://127.0.0.1:${String(metrics)}`;
  await ready(program, `${url}/metrics`, 20);
  return { program, url };
}

it.skipIf(missing !== '')(
  `what the canary of traces writes comes back by id, by search and by metrics${missing}`,
  { timeout: 200_000 },
  async () => {
    const { gateway, url: tempoUrl } = await store();
    const { program, url } = await canary(gateway, PASSWORD);
    await expect.poll(() => counter(url, 'tempo_vulture_trace_total'), { timeout: 150_000 }).toBeGreaterThan(30);
    const log = program.log();
    const wrong = log.split('\n').filter((line) => line.includes('ERROR'));
    expect(await counter(url, 'tempo_vulture_trace_error_total'), wrong.join('\n')).toBe(0);
    expect(await counter(url, 'tempo_vulture_error_total'), wrong.join('\n')).toBe(0);
    for (const asked of ['querying Tempo trace', 'via search tag', 'via traceql', 'via metrics'])
      expect(log).toContain(asked);
    // Of what it writes its generator makes nothing.
    const generator = 'tempo_metrics_generator_';
    expect(await counter(tempoUrl, `${generator}spans_received_total`, 'stack')).toBeGreaterThan(100);
    expect((await counter(tempoUrl, `${generator}registry_active_series`, 'stack')) ?? 0).toBe(0);
  },
);

it.skipIf(missing !== '')(
  `with a password that is no longer right every write and every question is an error${missing}`,
  { timeout: 90_000 },
  async () => {
    const { gateway } = await store();
    const { url } = await canary(gateway, 'of yesterday');
    const FAILED = 'tempo_vulture_trace_error_total';
    await expect.poll(() => counter(url, FAILED, 'requestfailed'), { timeout: 60_000 }).toBeGreaterThan(5);
    expect(await counter(url, FAILED, 'notfound')).toBe(0);
    // Its pushes, beside questions that have failed.
    const errors = (await counter(url, 'tempo_vulture_error_total')) ?? 0;
    expect(errors).toBeGreaterThan((await counter(url, FAILED, 'requestfailed')) ?? 0);
    expect(gateway.log()).toContain('TraceService/Export');
  },
);
