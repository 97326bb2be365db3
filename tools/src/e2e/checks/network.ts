import { releases } from '@lgtm-fleet/releases';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { applyAll } from '../../kubernetes/apply.ts';
import { remove } from '../../kubernetes/remove.ts';
import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { until } from '../wait.ts';

interface Target {
  readonly service: string;
  /** Address of a pod behind it. */
  readonly host: string;
  readonly port: number;
}

/** Connects to each target, and prints what became of it: `open`, `no answer`, or the system's word for its error. */
const KNOCK = `
const { connect } = require('node:net');
const knock = (target) => new Promise((resolve) => {
  const socket = connect({ ...target, timeout: 5000 });
  socket.on('connect', () => resolve('open'));
  socket.on('timeout', () => resolve('no answer'));
  socket.on('error', ({ code }) => resolve(code));
});
Promise.all(JSON.parse(process.argv[1]).map(knock)).then((answers) => {
  console.log(JSON.stringify(answers));
  process.exit(0);
});`;

/** Open to every pod, so that silence elsewhere is the policies' and not a broken network's. */
const API_SERVER: Target = { service: 'kubernetes', host: 'kubernetes.default.svc.cluster.local', port: 443 };

/** A pod that no policy knows reaches no port of the stack, and everything else. Its program is that of the sample's image. */
export async function shutOut({ client }: Cluster): Promise<Seen> {
  const slices = (await client.list(SLICE, 'observability')) ?? [];
  // Where no pod is behind a port, silence would prove nothing.
  const targets = slices.flatMap((slice) => {
    const { metadata, ports, endpoints } = slice as ClusterObject & Slice;
    const service = metadata.labels?.['kubernetes.io/service-name'] ?? '';
    const [host] = (endpoints ?? []).flatMap(({ addresses, conditions }) =>
      conditions?.ready === true ? addresses : [],
    );
    const open = (ports ?? []).flatMap(({ port, protocol }) =>
      port === undefined || protocol === 'UDP' ? [] : [port],
    );
    return host === undefined ? [] : open.map((port) => ({ service, host, port }));
  });
  const pod: ClusterObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: 'e2e-outsider' },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'knock',
          image: `${releases.sample.image}:${releases.sample.tag}`,
          command: ['node', '--eval', KNOCK, JSON.stringify([API_SERVER, ...targets])],
        },
      ],
    },
  };
  await remove(client, pod);
  await until('the pod before it to go', { seconds: 60 }, async () =>
    (await client.read(pod)) === undefined ? true : undefined,
  );
  await applyAll(client, [pod], 'lgtm-fleet-e2e');
  try {
    const answers = await until('what the pod has to say', { seconds: 120 }, async () => {
      const { status } = ((await client.read(pod)) ?? {}) as { readonly status?: { readonly phase?: string } };
      if (status?.phase !== 'Succeeded') return undefined;
      const path = `/api/v1/namespaces/default/pods/${pod.metadata.name}/log`;
      return (await client.send({ method: 'GET', path })) as readonly string[];
    });
    return judged(targets, answers);
  } finally {
    await remove(client, pod);
  }
}

const SLICE = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' } as const;

interface Slice {
  readonly ports?: readonly { readonly port?: number; readonly protocol?: string }[];
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean };
  }[];
}

/** @throws Error where something was open, or where the silence proves nothing */
export function judged(targets: readonly Target[], [control, ...answers]: readonly string[]): Seen {
  if (control !== 'open') throw new Error(`the pod has no network: the API server is ${control ?? 'not asked'}`);
  if (targets.length === 0 || answers.length !== targets.length) throw new Error('no port was knocked at');
  const wrong = targets.flatMap(({ service, port }, index) =>
    answers[index] === 'no answer' ? [] : [`${service}:${String(port)}: ${answers[index] ?? ''}`],
  );
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { detail: `${String(targets.length)} ports do not answer; the API server does` };
}
