import type { KubeConfig } from '@kubernetes/client-node';
import type { ClockFacts } from '@lgtm-fleet/doctor';
import http from 'node:http';
import https from 'node:https';
import type { Read } from './programs.ts';
import { clock } from './reach.ts';

/** What the API server's clock says, by the header of its answer. */
export async function serverClock(config: KubeConfig, signal: AbortSignal): Promise<ClockFacts | undefined> {
  const server = config.getCurrentCluster()?.server ?? '';
  const url = new URL(`${server.replace(/\/+$/, '')}/version`);
  const options: https.RequestOptions = { signal };
  await config.applyToHTTPSOptions(options);
  const asked = Date.now();
  const date = await new Promise<string | undefined>((resolve, reject) => {
    const sent = (url.protocol === 'http:' ? http : https).request(url, options, (answer) => {
      answer.resume();
      resolve(answer.headers.date);
    });
    sent.on('error', reject);
    sent.end();
  });
  const { aheadSeconds, withinSeconds = 0 } = clock(date, asked, Date.now());
  return aheadSeconds === undefined ? undefined : { of: 'the API server', aheadSeconds, withinSeconds };
}

/** A clock is its node's: of several pods that tell it, the one that told it most exactly. */
export function nodeClocks(read: readonly Read[]): readonly ClockFacts[] {
  const byNode = Map.groupBy(read, ({ program }) => program.node);
  return [...byNode].flatMap(([node, programs]) => {
    const [best] = programs
      .flatMap(({ clock: found }) => (found?.aheadSeconds === undefined ? [] : [found]))
      .toSorted((left, right) => (left.withinSeconds ?? 0) - (right.withinSeconds ?? 0));
    if (best?.aheadSeconds === undefined || node === '') return [];
    return [{ of: `node ${node}`, aheadSeconds: best.aheadSeconds, withinSeconds: best.withinSeconds ?? 0 }];
  });
}
