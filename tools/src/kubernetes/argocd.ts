import { ARGOCD_NAMESPACE, explainWorkloads, type ClusterObject, type Expected } from '@lgtm-fleet/bootstrap';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem, type Problem } from '../workspace/problem.ts';
import type { Client } from './client.ts';
import { look } from './follow.ts';

/** Without these nothing is synced; the others are for people, and may be scaled to none. */
const NEEDED = ['argocd-application-controller', 'argocd-redis', 'argocd-repo-server'];

interface Controlled extends ClusterObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly observedGeneration?: number;
  };
}

/** Waits until Argo CD can sync. Says which of its pods cannot start, and why, when time is up. */
export async function waitForArgocd(
  client: Client,
  manifests: readonly ClusterObject[],
  timeoutSeconds: number,
  onWait: (name: string) => void,
): Promise<Problem | undefined> {
  const start = performance.now();
  const needed = manifests.filter(
    ({ kind, metadata }) => ['Deployment', 'StatefulSet'].includes(kind) && NEEDED.includes(metadata.name),
  );
  for (;;) {
    const states = await Promise.all(
      needed.map(async (one) => ({ name: one.metadata.name, ready: await ready(client, one) })),
    );
    const waiting = states.find((state) => !state.ready);
    if (waiting === undefined) return undefined;
    onWait(waiting.name);
    if ((performance.now() - start) / 1000 > timeoutSeconds) return await late(client, waiting.name);
    await sleep(2000);
  }
}

async function ready(client: Client, reference: ClusterObject): Promise<boolean> {
  const found = (await client.read(reference)) as Controlled | undefined;
  const wanted = found?.spec?.replicas ?? 1;
  return (
    found !== undefined &&
    (found.status?.readyReplicas ?? 0) >= wanted &&
    (found.status?.updatedReplicas ?? 0) >= wanted
  );
}

async function late(client: Client, name: string): Promise<Problem> {
  const argocd: Expected = { name: 'argocd', wave: 0, namespace: ARGOCD_NAMESPACE };
  const snapshot = await look(client, [argocd]);
  const [first] = explainWorkloads(snapshot, ARGOCD_NAMESPACE, name);
  return problem(
    `Argo CD does not start: ${first?.message ?? `${name} is not ready`}`,
    first?.help ?? `see kubectl --namespace ${ARGOCD_NAMESPACE} get pods; run this again to go on`,
    1,
  );
}
