import type { ClusterObject, Pod } from '@lgtm-fleet/bootstrap';
import { onlyTells, type LogFacts } from '@lgtm-fleet/doctor';
import type { Client } from '../kubernetes/client.ts';
import type { Probing } from './probing.ts';

type LivePod = ClusterObject & Pod;

const MOST_LINES = 40;
const LONGEST = 2000;
/**
 * Of a log, its end is kept. A kubelet that is told a limit counts it from the first of the lines, so that the last
 * ones, which say why a container ended, would be lost.
 */
const MOST_BYTES = 256 * 1024;
/** Lines that say that something is wrong, in the forms of the programs of the stack. */
const WORRYING =
  /\blevel=(?:error|warn|crit)|"level":"(?:error|warn|fatal)"|\b(?:ERROR|FATAL|PANIC|panic:|fatal error|failed|Exception)\b|\[(?:error|crit|alert|emerg)\]|no space left|denied|refused/;

/**
 * What containers wrote in the last minutes that is worrying; of those that do not run, their last lines whatever they
 * say, from before their end, too.
 */
export async function readLogs(
  client: Client,
  pods: readonly LivePod[],
  { probe }: Probing,
): Promise<readonly LogFacts[]> {
  const asked = pods.flatMap((pod) =>
    [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].flatMap((status) => {
      const { waiting } = status.state ?? {};
      const init = pod.status?.initContainerStatuses?.includes(status) === true;
      const crashed = waiting?.reason === 'CrashLoopBackOff';
      const never = waiting !== undefined && !crashed;
      return never ? [] : [{ pod, name: status.name, crashed, worryingOnly: !crashed && (init || isReady(pod)) }];
    }),
  );
  const found = await Promise.all(
    asked.map(({ pod, name, crashed, worryingOnly }) =>
      probe(`log of ${pod.metadata.name}/${name}`, async (signal): Promise<LogFacts> => {
        const { namespace = '', name: podName } = pod.metadata;
        const since = crashed ? 'previous=true' : 'sinceSeconds=300';
        const path = `/api/v1/namespaces/${namespace}/pods/${podName}/log?container=${name}&${since}&tailLines=500`;
        const said = await client.send({ method: 'GET', path, signal, mostBytes: MOST_BYTES, tail: true });
        const lines = (typeof said === 'string' ? said : JSON.stringify(said))
          .split('\n')
          .filter((line) => line !== '');
        const kept = worryingOnly ? lines.filter((line) => WORRYING.test(line) && !onlyTells(line)) : lines;
        return {
          namespace,
          pod: podName,
          container: name,
          lines: kept.slice(-MOST_LINES).map((line) => line.slice(0, LONGEST)),
        };
      }),
    ),
  );
  return found.flatMap((one) => (one === undefined || one.lines.length === 0 ? [] : [one]));
}

function isReady({ status }: LivePod): boolean {
  return status?.conditions?.some(({ type, status: on }) => type === 'Ready' && on === 'True') === true;
}
