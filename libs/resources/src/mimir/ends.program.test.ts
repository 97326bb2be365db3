import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { expect, it } from 'vitest';
import { ready, type Started } from '../testing/programs.ts';
import { RINGS, startMimir, write } from './testing/mimir.ts';

const program = findProgram('mimir');

type Replica = Started & { readonly url: string };

/** Two replicas of one process that gossip. */
async function startTwo(): Promise<readonly [Replica, Replica]> {
  const plan = planOf({ kubernetes: { nodes: 3 }, metrics: { store: 'mimir', mode: 'highly-available' } }, 'ends');
  const ports = [await freePort(), await freePort()] as const;
  const join = ports.map((port) => `-memberlist.join=127.0.0.1:${String(port)}`);
  const startOne = (port: number): Promise<Replica> => {
    const name = `mimir-${String(port)}`;
    return startMimir(program!, write(plan), [
      '-ingester.ring.min-ready-duration=0s',
      '-ingester.ring.replication-factor=1',
      '-store-gateway.sharding-ring.replication-factor=1',
      '-alertmanager.sharding-ring.replication-factor=1',
      `-memberlist.bind-port=${String(port)}`,
      `-memberlist.advertise-port=${String(port)}`,
      `-memberlist.nodename=${name}`,
      ...join,
      ...RINGS.map((ring) => `-${ring}.instance-id=${name}`),
    ]);
  };
  const both = [await startOne(ports[0]), await startOne(ports[1])] as const;
  for (const one of both) await ready(one, `${one.url}/ready`, 60);
  return both;
}

async function connected({ url }: Replica): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^cortex_query_frontend_connected_schedulers (\d+)$/m.exec(text)?.[1]);
}

async function answers({ url }: Replica): Promise<number> {
  const query = `${url}/prometheus/api/v1/query?query=vector(1)`;
  return (await fetch(query, { headers: { 'X-Scope-OrgID': 'main' }, signal: AbortSignal.timeout(10_000) })).status;
}

it.skipIf(program === undefined)(
  `replicas work on the queries of one another, and one ends though others are connected to it${unlessFound('mimir', program)}`,
  { timeout: 120_000 },
  async () => {
    const [one, two] = await startTwo();
    for (const replica of [one, two]) await expect.poll(() => connected(replica), { timeout: 30_000 }).toBe(2);
    expect(await answers(two)).toBe(200);
    const ended = once(one.child, 'exit');
    one.child.kill('SIGTERM');
    // It would wait for ever; the pod has twenty minutes.
    expect(await Promise.race([ended, sleep(45_000, 'it still runs', { ref: false })])).toEqual([0, null]);
    expect(await answers(two)).toBe(200);
  },
);
