import { connect } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { basic, nginx, startGateway, type RunningGateway } from '../testing/nginx.ts';

const folder = temporaryFolder('gateway-slow');
const plan = examplePlan('prod-eu');
const PUSH = `POST /loki/api/v1/push HTTP/1.1\r\nHost: gateway\r\nAuthorization: ${basic('platform', 'one').authorization}\r\n`;

/** Seconds for which a test would have to wait are one here; that they are there, and of which kind, is what is tried. */
const PATIENCE = /^( +client_(?:header|body)_timeout) \d+s;$/gm;

describe.skipIf(nginx === undefined)(`slow clients${unlessFound('nginx', nginx)}`, () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway(folder, plan, { passwords: { platform: 'one' } });
    gateway.know();
    const file = join(folder, `${plan.cluster}.conf`);
    const text = readFileSync(file, 'utf8');
    expect([...text.matchAll(PATIENCE)]).toHaveLength(2);
    writeFileSync(file, text.replace(PATIENCE, '$1 1s;'));
    gateway.reload();
    await sleep(1000);
  });

  afterAll(() => gateway.stop());

  it('that never end their headers are sent away, however often they say something', async () => {
    expect(await dripped(gateway.port, PUSH, 'X-A: a\r\n')).toBeLessThan(4000);
    expect(gateway.seen).toEqual([]);
    expect(gateway.log()).toContain('"status":"408"');
  });

  it('that never end a body are sent away, and no store has heard of them', async () => {
    expect(await dripped(gateway.port, `${PUSH}Content-Length: 1000\r\n\r\n{`)).toBeLessThan(4000);
    expect(gateway.seen).toEqual([]);
    expect(gateway.log().match(/"status":"\d+"/g)).toEqual(['"status":"408"', '"status":"408"']);
  });
});

/** Says something, and a little again and again; milliseconds until the gateway has had enough. */
function dripped(port: number, first: string, again = ''): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(first));
    const drip = setInterval(() => socket.write(again), 200);
    const end = (): void => {
      clearInterval(drip);
      clearTimeout(limit);
      socket.destroy();
      resolve(performance.now() - start);
    };
    const limit = setTimeout(end, 5000);
    socket.on('error', end).on('close', end).resume();
  });
}
