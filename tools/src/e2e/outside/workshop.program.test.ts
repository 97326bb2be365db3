import type { Plan } from '@lgtm-fleet/plan';
import { temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptMeanwhile } from '../checks/backpressure.ts';
import { remoteWritten } from '../checks/remote-write.ts';
import { refusedOverLimit, scrapedOutside } from '../checks/sources.ts';
import { startCleanup } from '../cleanup.ts';
import { frontDoor, type Credential, type FrontDoor } from '../front-door.ts';
import { agentConfig } from './agent-config.ts';
import { answering, startDaemon, type Daemon } from './daemon.ts';
import { exporters } from './exporters/index.ts';
import { machineAt } from './machine.ts';
import { COUNTED, COUNTER, OVER_LIMIT, SENDER, SENT } from './sources.ts';
import { plannedWith } from './testing/planned.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** All of the checks but for the cluster: a Prometheus for each tenant is the store, at the end of the same paths. */

const HOST = '127.0.0.1';
const cleanup = startCleanup();
const { find } = machineAt(HOST, cleanup);
const prometheus = find('prometheus');
const folder = temporaryFolder('workshop');
const [alpha, beta] = ['alpha', 'beta'].map((tenant) => ({ tenant, password: 'any' })) as [Credential, Credential];
interface Store {
  readonly url: string;
  daemon: Daemon;
  readonly start: () => Promise<Daemon>;
}

async function store(tenant: string): Promise<Store> {
  const at = `${HOST}:${await freePort(HOST)}`;
  const start = async (): Promise<Daemon> => {
    const daemon = startDaemon(cleanup, prometheus!, [
      '--config.file=/dev/null',
      '--web.route-prefix=/prometheus',
      '--web.enable-remote-write-receiver',
      `--web.listen-address=${at}`,
      `--storage.tsdb.path=${join(folder, `${tenant}-data`)}`,
    ]);
    await answering([daemon], `http://${at}/prometheus/-/ready`, 30);
    return daemon;
  };
  return { url: `http://${at}`, daemon: await start(), start };
}

/** Gives each request to the store of whoever signs in, as the gateway does, and says 502 where that is away. */
async function gatewayTo(stores: Readonly<Record<string, Store>>): Promise<string> {
  const server = createServer((asked, answer) => {
    const [, encoded = ''] = (asked.headers.authorization ?? '').split(' ');
    const [tenant = ''] = Buffer.from(encoded, 'base64').toString().split(':');
    const path = (asked.url ?? '').replace(/^\/api\/v1\/push$/, '/prometheus/api/v1/write');
    const store = stores[tenant];
    if (store === undefined) {
      answer.writeHead(401).end();
      return;
    }
    const passed = request(`${store.url}${path}`, { method: asked.method, headers: asked.headers });
    passed.on('response', (got) => {
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
    });
    passed.on('error', () => answer.writeHead(502).end());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  cleanup.add(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://${HOST}:${String((server.address() as AddressInfo).port)}`;
}

describe.skipIf(prometheus === undefined)(`outside${unlessFound('prometheus', prometheus)}`, () => {
  let stores: Readonly<Record<'alpha' | 'beta', Store>>;
  let workshop: Workshop;
  let plan: Plan;
  let door: FrontDoor;

  beforeAll(async () => {
    const [first, second] = await Promise.all([store('alpha'), store('beta')]);
    stores = { alpha: first, beta: second };
    door = frontDoor(await gatewayTo(stores));
    workshop = await openWorkshop({ address: HOST }, cleanup, { url: `${door.url}/api/v1/push`, as: alpha });
    plan = plannedWith(workshop.shown);
    for (const { tenant, password } of [alpha, beta]) writeFileSync(join(folder, tenant), password);
    const file = join(folder, 'agent.yml');
    // As it is in the cluster, but for the way to the gateway and the folder of a Secret.
    const config = stringify(agentConfig(plan)).replaceAll('/etc/tenant-credentials', folder);
    writeFileSync(file, config.replaceAll(plan.collection.gatewayUrl, door.url));
    const at = `${HOST}:${await freePort(HOST)}`;
    const data = `--storage.agent.path=${join(folder, 'agent')}`;
    const agent = startDaemon(cleanup, prometheus!, [
      '--agent',
      `--config.file=${file}`,
      data,
      `--web.listen-address=${at}`,
    ]);
    await answering([agent], `http://${at}/-/ready`, 30);
  }, 120_000);
  afterAll(() => {
    cleanup.run();
  });

  test.for([
    ['node', alpha, beta, ['node']],
    ['probe', beta, alpha, ['blackbox', 'node']],
    ['postgresql', beta, alpha, ['postgresql']],
    ['redis', beta, alpha, ['redis']],
  ] as const)(
    'what %s shows comes out, of its tenant',
    { timeout: 130_000 },
    async ([name, as, other, needs], { skip }) => {
      const absent = needs
        .flatMap((need) => Object.keys(exporters[need].programs))
        .find((one) => find(one) === undefined);
      skip(absent !== undefined, `there is no ${absent ?? ''}`);
      expect(needs.flatMap((need) => workshop.absent.get(need) ?? [])).toEqual([]);
      const { counts } = await scrapedOutside(door, plan, name, as, other);
      expect(counts).toMatchObject({ lost: 0 });
      expect(counts?.readBack).toBeGreaterThan(10);
      // Another tenant's is not found.
      await expect(scrapedOutside(door, plan, name, other, as, { seconds: 1 })).rejects.toThrow(
        'no samples were scraped',
      );
    },
  );

  test('more than may be is not taken', { timeout: 130_000 }, async ({ skip }) => {
    skip(workshop.shown.node === undefined, workshop.absent.get('node'));
    expect((await refusedOverLimit(door, plan, OVER_LIMIT, alpha)).detail).toContain('where 100 may be');
    await expect(refusedOverLimit(door, plan, 'node', alpha)).rejects.toThrow('may show 5000');
  });

  const promtool = find('promtool');
  test.skipIf(promtool === undefined)(
    `what promtool pushes comes back${unlessFound('promtool', promtool)}`,
    { timeout: 70_000 },
    async () => {
      const { counts } = await remoteWritten(promtool!, door, alpha, alpha, beta);
      expect(counts).toEqual({ pushed: 200, acknowledged: 200, readBack: 200, lost: 0 });
      const nobody = { tenant: 'nobody', password: 'any' };
      await expect(remoteWritten(promtool!, door, nobody, alpha, beta)).rejects.toThrow('401');
    },
  );

  test('numbers are kept while the store is away, and in a row afterwards', { timeout: 200_000 }, async () => {
    await expect.poll(() => workshop.counter.given(SENT), { timeout: 20_000 }).toBeGreaterThan(2);
    stores.alpha.daemon.end();
    const [before, since] = [workshop.counter.given(SENT), workshop.counter.given(COUNTED)];
    await sleep(12_000);
    stores.alpha.daemon = await stores.alpha.start();
    const sent = await keptMeanwhile(door, alpha, workshop.counter, SENT, `{sender="${SENDER.name}"}`);
    const collected = await keptMeanwhile(door, alpha, workshop.counter, COUNTED, `{job="${COUNTER}"}`);
    expect(sent.counts?.readBack).toBeGreaterThanOrEqual(before + 8);
    expect(collected.counts?.readBack).toBeGreaterThan(since);
    expect(sent.detail).toMatch(/^\d+ numbers in a row, \d+ scrapes failed$/);
  });
});
