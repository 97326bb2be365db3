import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { releases } from '@lgtm-fleet/releases';
import { applyAll } from '../../kubernetes/apply.ts';
import type { Client } from '../../kubernetes/client.ts';
import { remove } from '../../kubernetes/remove.ts';
import { until } from '../wait.ts';

export interface Knock {
  readonly host: string;
  readonly port: number;
  /** Over UDP a name is looked up, or there would be no answer. */
  readonly protocol: 'TCP' | 'UDP';
}

/** `open`, `no answer`, or the system's word for its error. */
export type Answer = string;

/**
 * Knocks at all targets at once. Silence is asked again: rules for a pod that is seconds old are still on their way to
 * the nodes of the others.
 */
const KNOCK = `
const { connect } = require('node:net');
const { createSocket } = require('node:dgram');
const QUERY = Buffer.from('4c4701000001000000000000' + '0a6b756265726e65746573' + '0764656661756c74' + '03737663' + '07636c7573746572' + '056c6f63616c' + '0000010001', 'hex');
const tcp = ({ host, port }) => new Promise((resolve) => {
  const socket = connect({ host, port, timeout: 3000 });
  const end = (answer) => { socket.destroy(); resolve(answer); };
  socket.on('connect', () => end('open'));
  socket.on('timeout', () => end('no answer'));
  socket.on('error', ({ code }) => end(code === 'ETIMEDOUT' ? 'no answer' : code));
});
const udp = ({ host, port }) => new Promise((resolve) => {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const end = (answer) => { clearTimeout(timer); socket.close(); resolve(answer); };
  const timer = setTimeout(() => end('no answer'), 3000);
  socket.on('message', () => end('open'));
  socket.on('error', ({ code }) => end(code));
  socket.send(QUERY, port, host);
});
const knock = async (target) => {
  let answer = 'no answer';
  for (let attempt = 0; attempt < 3 && answer === 'no answer'; attempt += 1)
    answer = await (target.protocol === 'UDP' ? udp : tcp)(target);
  return answer;
};
setTimeout(() => Promise.all(JSON.parse(process.argv[1]).map(knock)).then((answers) => {
  console.log(JSON.stringify(answers));
  process.exit(0);
}), 2000);`;

/**
 * Something that holds the probes of a namespace while they are used: without an owner, a DaemonSet would take a pod
 * with its labels for one of its own.
 */
export async function withHolder<T>(
  client: Client,
  namespace: string,
  use: (holder: ClusterObject) => Promise<T>,
): Promise<T> {
  const holder: ClusterObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'e2e-probes', namespace } };
  await applyAll(client, [holder], 'lgtm-fleet-e2e');
  try {
    const made = await client.read(holder);
    if (made === undefined) throw new Error(`the ConfigMap of the probes of ${namespace} is gone`);
    return await use({ ...holder, ...made });
  } finally {
    await remove(client, holder);
  }
}

/**
 * A pod with the labels of a role, so that the policies of the role are in force for it. It is never ready, so that no
 * Service sends it what is meant for the role, and keeps to `restricted` and to the quota.
 */
export function probePod(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  knocks: readonly Knock[],
  owner: ClusterObject,
): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labels, 'lgtm-fleet.dev/e2e': 'probe' },
      ownerReferences: [
        {
          apiVersion: owner.apiVersion,
          kind: owner.kind,
          name: owner.metadata.name,
          uid: (owner.metadata as { readonly uid?: string }).uid ?? '',
          controller: true,
        },
      ],
    } as ClusterObject['metadata'],
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: 120,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10_001,
        runAsGroup: 10_001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'knock',
          image: `${releases.sample.image}:${releases.sample.tag}`,
          command: ['node', '--eval', KNOCK, JSON.stringify(knocks)],
          readinessProbe: { exec: { command: ['node', '--eval', 'process.exit(1)'] }, periodSeconds: 60 },
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** Runs a probe and takes it away again. */
export async function answersOf(client: Client, pod: ClusterObject): Promise<readonly Answer[]> {
  const namespace = pod.metadata.namespace ?? '';
  const gone = async (): Promise<void> => {
    await remove(client, pod);
    await until(`the pod ${pod.metadata.name} to go`, { seconds: 90 }, async () =>
      (await client.read(pod)) === undefined ? true : undefined,
    );
  };
  await gone();
  await applyAll(client, [pod], 'lgtm-fleet-e2e');
  try {
    return await until(`what ${namespace}/${pod.metadata.name} has to say`, { seconds: 150 }, async () => {
      const { status } = ((await client.read(pod)) ?? {}) as { readonly status?: { readonly phase?: string } };
      if (status?.phase !== 'Succeeded') return undefined;
      const path = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`;
      return (await client.send({ method: 'GET', path })) as readonly Answer[];
    });
  } finally {
    await gone();
  }
}
