import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan, hubPlans } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { cloudPlans } from '../testing/clouds.ts';
import { ready } from '../testing/programs.ts';
import { env, flagsOf, freePorts, startTempo, write } from './testing/tempo.ts';

const program = findProgram('tempo');
const named = (title: string): string => `${title}${unlessFound('tempo', program)}`;
const MONOLITHIC = 'variants/monolithic/stateful-set.yaml';
const PORTS = { http: 3200, grpc: 9095, otlpGrpc: 4317, otlpHttp: 4318 };

describe('Tempo itself', () => {
  const verify = (plan: Plan, change?: (text: string) => string): string => {
    const home = write(plan, PORTS, change);
    const run = spawnSync(program!, [...flagsOf(home, MONOLITHIC), '-config.verify=true'], { encoding: 'utf8', env });
    return `${run.stderr}${run.stdout}ended with ${String(run.status)}`;
  };

  it.skipIf(program === undefined).each(hubPlans())(named('accepts the configuration of $cluster'), (plan) => {
    expect(verify(plan)).toMatch(/ended with 0$/);
  });

  it.skipIf(program === undefined).each(cloudPlans)(named('accepts the configuration on %s'), (_, plan) => {
    expect(verify(plan)).toMatch(/ended with 0$/);
  });

  it.skipIf(program === undefined)(named('refuses a key that it does not know'), () => {
    const misspelt = (text: string): string => text.replace('block_retention:', 'block_retnetion:');
    expect(verify(examplePlan('home-lab'), misspelt)).toMatch(/block_retnetion[\s\S]*ended with 1$/);
  });
});

/** Acknowledged spans that Tempo holds in memory alone: at most so old, by its live-store's defaults and the sweep. */
const UNWRITTEN_SECONDS = 12;

describe('Tempo started', () => {
  it.skipIf(program === undefined)(
    named('with the files of home-lab gives back the spans that were pushed, to their tenant only'),
    { timeout: 60_000 },
    async () => {
      const { url, push, status, started } = await open(examplePlan('home-lab'));
      await ready(started, `${url}/ready`, 40);
      const id = randomBytes(16).toString('hex');
      expect(await push(id)).toBe(200);
      await expect.poll(() => status(id, 'main'), { timeout: 10_000 }).toBe(200);
      expect(await status(id, 'other')).toBe(404);
      expect(await status(id)).toBe(401);
    },
  );

  it.skipIf(program === undefined)(
    named('answers a hundred people who open a trace at once, and after a kill has all but the last seconds'),
    { timeout: 120_000 },
    async () => {
      const { url, push, status, started, again } = await open(examplePlan('home-lab'));
      await ready(started, `${url}/ready`, 40);
      const pushed = new Map<string, number>();
      for (let count = 0; count < 200; count += 1) {
        const id = randomBytes(16).toString('hex');
        if ((await push(id)) === 200) pushed.set(id, Date.now());
        await sleep(90);
      }
      const ended = once(started.child, 'exit');
      started.child.kill('SIGKILL');
      await ended;
      const killed = Date.now();
      await ready(await again(), `${url}/ready`, 60);
      const old = [...pushed].filter(([, at]) => killed - at > UNWRITTEN_SECONDS * 1000).map(([id]) => id);
      expect(old.length).toBeGreaterThan(50);
      const answers = await Promise.all(old.slice(0, 100).map((id) => status(id, 'main')));
      expect(answers.filter((answer) => answer !== 200)).toEqual([]);
      for (const id of old) expect(await status(id, 'main'), id).toBe(200);
    },
  );
});

/** Tempo with its files, what pushes to it and asks it, and the same again after its end. */
async function open(plan: Plan) {
  const ports = await freePorts();
  const home = write(plan, ports);
  const again = () => startTempo(program!, home, ports, MONOLITHIC);
  const url = `http://127.0.0.1:${String(ports.http)}`;
  return {
    url,
    again,
    started: await again(),
    push: async (traceId: string): Promise<number> => {
      const answer = await fetch(`http://127.0.0.1:${String(ports.otlpHttp)}/v1/traces`, {
        method: 'POST',
        headers: { 'X-Scope-OrgID': 'main', 'Content-Type': 'application/json' },
        body: JSON.stringify(spans(traceId)),
      });
      await answer.text();
      return answer.status;
    },
    status: async (traceId: string, tenant?: string): Promise<number> => {
      const headers: Record<string, string> = tenant === undefined ? {} : { 'X-Scope-OrgID': tenant };
      const answer = await fetch(`${url}/api/traces/${traceId}`, { headers });
      await answer.text();
      return answer.status;
    },
  };
}

function spans(traceId: string) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'a span of the probe',
    kind: 2,
    startTimeUnixNano: String(now - 1_000_000_000n),
    endTimeUnixNano: String(now),
  };
  const service = { key: 'service.name', value: { stringValue: 'probe' } };
  return { resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans: [span] }] }] };
}
