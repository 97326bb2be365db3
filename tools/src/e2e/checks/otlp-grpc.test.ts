import { serveGrpc } from '@lgtm-fleet/resources/testing/grpc';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Cluster } from '../cluster.ts';
import { authorization, type Credential, type FrontDoor } from '../front-door.ts';
import { metricsAndLogsByGrpc, tracesByGrpc } from './otlp-grpc.ts';

const owner: Credential = { tenant: 'alpha', password: 'of-alpha' };
const other: Credential = { tenant: 'beta', password: 'of-beta' };
const writer: Credential = { tenant: 'courier', password: 'token-of-courier', kind: 'token' };
const pushing = { writer, owner, other };

interface Faults {
  /** Whose it becomes; alpha's, whose the writer is, where all is well. */
  readonly whose?: readonly string[];
  readonly letsIn?: boolean;
}

/** A gateway that keeps messages by tenant, and a front door that finds what stands in one of them. */
async function gateway({ whose = ['alpha'], letsIn = false }: Faults = {}): Promise<readonly [Cluster, FrontDoor]> {
  const kept: (readonly [tenant: string, message: string])[] = [];
  const known = [owner, writer].map(authorization);
  const standing = await serveGrpc(({ headers, message }) => {
    if (!letsIn && !known.includes(headers.authorization ?? '')) return { code: 16 };
    for (const tenant of whose) kept.push([tenant, message.toString('latin1')]);
    return { code: 0 };
  });
  onTestFinished(standing.close);
  const of = ({ tenant }: Credential, text: string) =>
    kept.filter(([whose, message]) => whose === tenant && message.includes(text)).map(([, message]) => message);
  const quoted = (query: string) => /"([^"]*)"\}?$/.exec(query)?.[1] ?? '';
  const door: Partial<FrontDoor> = {
    get: (who, path) => {
      // A span is called after its trace.
      const id = `e2e ${path.split('/').at(-1) ?? ''}`;
      const found = who === undefined ? [] : of(who, id);
      return Promise.resolve(found.length === 0 ? { status: 404, text: '' } : { status: 200, text: found.join('') });
    },
    samples: (who, selector) =>
      Promise.resolve(
        of(who, quoted(selector)).flatMap((message) =>
          message.includes('e2e_by_grpc') ? [{ labels: {}, values: [[0, 42] as const] }] : [],
        ),
      ),
    lines: (who, query) =>
      Promise.resolve(
        of(who, quoted(query)).flatMap((message) => message.match(new RegExp(`${quoted(query)} \\d+`, 'g')) ?? []),
      ),
  };
  const cluster: Partial<Cluster> = {
    reach: () => Promise.resolve({ url: `http://127.0.0.1:${String(standing.port)}`, close: () => undefined }),
  };
  return [cluster as Cluster, door as FrontDoor];
}

describe('what is pushed by gRPC', () => {
  test('comes back', async () => {
    const [cluster, door] = await gateway();
    expect(await tracesByGrpc(cluster, door, pushing)).toMatchObject({ counts: { readBack: 1, lost: 0 } });
    expect(await metricsAndLogsByGrpc(cluster, door, pushing)).toMatchObject({ counts: { readBack: 51, lost: 0 } });
  });

  test('is not what a wrong password pushed', async () => {
    const [cluster, door] = await gateway({ letsIn: true });
    await expect(tracesByGrpc(cluster, door, pushing)).rejects.toThrow('answered 0 instead of 16');
  });

  test("is nobody else's", async () => {
    const [cluster, door] = await gateway({ whose: ['alpha', 'beta'] });
    await expect(tracesByGrpc(cluster, door, pushing)).rejects.toThrow('tenant beta sees a trace');
    await expect(metricsAndLogsByGrpc(cluster, door, pushing)).rejects.toThrow('tenant beta sees what');
  });
});
