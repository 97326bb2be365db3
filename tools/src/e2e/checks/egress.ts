import type { Plan } from '@lgtm-fleet/plan';
import { createServer, type AddressInfo } from 'node:net';
import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { answersOf, probePod, withHolder, type Answer, type Knock } from './probe.ts';

const NAMESPACE = 'monitoring';
const COLLECTOR = 'alloy-sources';

/**
 * A pod with the labels of the collector of sources reaches every address that a source names, and no other port of
 * the same machine, where somebody listens as well.
 */
export async function onlyToSources({ client }: Cluster, plan: Plan, address: string): Promise<Seen> {
  let knockedAt = 0;
  const server = createServer((socket) => {
    knockedAt += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, address, resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const targets = plan.ingest.sources.flatMap((source) => source.static?.targets ?? []);
    const knocks = [...new Set(targets)].map(knockOf);
    const labels = { 'app.kubernetes.io/name': COLLECTOR, 'app.kubernetes.io/component': COLLECTOR };
    const answers = await withHolder(client, NAMESPACE, (holder) =>
      answersOf(
        client,
        probePod('e2e-probe-sources', NAMESPACE, labels, [knockOf(`${address}:${port}`), ...knocks], holder),
      ),
    );
    return judgedEgress(knocks, answers, knockedAt);
  } finally {
    server.close();
  }
}

/** @throws Error where a source was not reached, or what is none was */
export function judgedEgress(
  sources: readonly Knock[],
  [other, ...answers]: readonly Answer[],
  knockedAt: number,
): Seen {
  if (sources.length === 0 || answers.length !== sources.length) throw new Error('no source was knocked at');
  const closed = sources.flatMap(({ host, port }, index) =>
    answers[index] === 'open' ? [] : [`${host}:${port}: ${answers[index] ?? ''}`],
  );
  if (closed.length > 0) throw new Error(`sources that cannot be reached: ${closed.join('; ')}`);
  if (other !== 'no answer' || knockedAt > 0)
    throw new Error(`a port that is no source's: ${other ?? 'not asked'}, knocked at ${knockedAt} times`);
  return { detail: `${sources.length} addresses of sources are open, and another port of the machine does not answer` };
}

function knockOf(target: string): Knock {
  const { hostname, port } = new URL(`tcp://${target}`);
  return { host: hostname, port: Number(port), protocol: 'TCP' };
}
