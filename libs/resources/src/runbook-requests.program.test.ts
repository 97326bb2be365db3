import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { pagePlans, renderedPages, requestsIn, type PageRequest } from '@lgtm-fleet/runbooks/testing';
import { describe, expect, it } from 'vitest';
import { startLoki, write as writeLoki } from './loki/testing/loki.ts';
import { startMimir, write as writeMimir } from './mimir/testing/mimir.ts';
import { prometheus } from './prometheus/resources.ts';
import { freePorts, startTempo, write as writeTempo } from './tempo/testing/tempo.ts';
import { baseArguments } from './testing/checkout.ts';
import { yamlFiles } from './testing/plans.ts';
import { homeOf, ready, start } from './testing/programs.ts';

/** What the runbooks ask of the stores, asked of the real programs: one process of each, which has every role. */

type Store = 'loki' | 'mimir' | 'tempo' | 'prometheus';

/** Every request of every page, once, those that only look first. */
function requestsOf(store: Store): readonly PageRequest[] {
  const all = pagePlans.flatMap((plan) => [...renderedPages(plan).values()].flatMap(requestsIn));
  const names = store === 'prometheus' ? 'prometheus|meta-monitoring' : store;
  const own = all.filter(({ target }) => new RegExp(`/(?:${names})(?:-|$)`).test(target));
  const unique = new Map(own.map((one) => [`${one.method} ${one.path}`, one]));
  return [...unique.values()].toSorted((a, b) => a.method.localeCompare(b.method) || a.path.localeCompare(b.path));
}

/** Paths that one process has not, and why not. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '/ingester/prepare-partition-downscale': 'with ingest storage alone: 405',
};

/** Where the answer of a process that has just begun is a refusal, as the page says. */
const REFUSED: Readonly<Record<string, number>> = {
  // Its partition is pending for the first minute.
  '/live-store/prepare-partition-downscale': 409,
};

/** Answers of a store that has no rules yet, and of a ring that has no such member. */
const NOTHING_YET = /no rule groups found|error forgetting instance 'nobody'/;

async function faultsOf(url: string, store: Store): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { method, path } of requestsOf(store)) {
    if (path in ELSEWHERE) continue;
    const filled = path.replace('TENANT', 'main').replace('GHOST', 'nobody');
    const answer = await fetch(url + filled, {
      method,
      headers: { 'X-Scope-OrgID': 'main', ...(/ring$/.test(path) && { Accept: 'application/json' }) },
      signal: AbortSignal.timeout(20_000),
      redirect: 'manual',
    });
    const text = await answer.text();
    if (answer.status >= 400 && answer.status !== REFUSED[path] && !NOTHING_YET.test(text))
      faults.push(`${method} ${path}: ${String(answer.status)} ${text.slice(0, 80)}`);
    // A page cuts a ring into a line for each member.
    if (method === 'GET' && /\/ring$/.test(path) && store !== 'prometheus' && !/^\{|ring is|<h1>/.test(text))
      faults.push(`${path} is no ring: ${text.slice(0, 80)}`);
  }
  return faults;
}

describe('requests of the runbooks', () => {
  const real = (store: Store) => {
    const program = findProgram(store);
    return { program: program!, test: it.skipIf(program === undefined), unless: unlessFound(store, program) };
  };

  const loki = real('loki');
  loki.test(`Loki answers${loki.unless}`, { timeout: 120_000 }, async () => {
    const plan = examplePlan('home-lab');
    const started = await startLoki(loki.program, writeLoki(plan), 'variants/monolithic/stateful-set.yaml');
    await ready(started, `${started.url}/ready`, 60);
    expect(requestsOf('loki').length).toBeGreaterThanOrEqual(8);
    expect(await faultsOf(started.url, 'loki')).toEqual([]);
  });

  const mimir = real('mimir');
  mimir.test(`Mimir answers${mimir.unless}`, { timeout: 120_000 }, async () => {
    const plan = planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } }, 'one');
    const flags = ['-ingester.ring.min-ready-duration=0s', '-memberlist.join=127.0.0.1'];
    const started = await startMimir(mimir.program, writeMimir(plan), flags);
    await ready(started, `${started.url}/ready`, 60);
    expect(requestsOf('mimir').length).toBeGreaterThanOrEqual(15);
    expect(await faultsOf(started.url, 'mimir')).toEqual([]);
  });

  const tempo = real('tempo');
  tempo.test(`Tempo answers${tempo.unless}`, { timeout: 120_000 }, async () => {
    const ports = await freePorts();
    const home = writeTempo(examplePlan('home-lab'), ports);
    const started = await startTempo(tempo.program, home, ports, 'variants/monolithic/stateful-set.yaml');
    const url = `http://127.0.0.1:${String(ports.http)}`;
    await ready(started, `${url}/ready`, 60);
    expect(requestsOf('tempo').length).toBeGreaterThanOrEqual(5);
    expect(await faultsOf(url, 'tempo')).toEqual([]);
  });

  const metrics = real('prometheus');
  metrics.test(`Prometheus answers${metrics.unless}`, { timeout: 60_000 }, async () => {
    const home = homeOf('prometheus');
    mkdirSync(join(home, 'data'));
    for (const { name, text } of yamlFiles(prometheus, examplePlan('home-lab'), 'prometheus'))
      writeFileSync(join(home, name), text);
    const at = `127.0.0.1:${String(await freePort())}`;
    const flags = baseArguments('prometheus/stateful-set.yaml').map((argument) =>
      argument.replace('/etc/prometheus', home).replace('/var/prometheus', join(home, 'data')),
    );
    const started = start(metrics.program, [...flags, `--web.listen-address=${at}`], home);
    await ready(started, `http://${at}/prometheus/-/ready`, 30);
    expect(requestsOf('prometheus').length).toBeGreaterThanOrEqual(4);
    expect(await faultsOf(`http://${at}`, 'prometheus')).toEqual([]);
  });
});
