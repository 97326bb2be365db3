import type { JobFacts, RuleFacts, VolumeFacts } from '@lgtm-fleet/doctor';
import { stackTenant, type Plan } from '@lgtm-fleet/plan';
import type { FrontDoor } from './front-door.ts';

interface Vector {
  readonly data?: {
    readonly result?: readonly {
      readonly metric?: Readonly<Record<string, string>>;
      readonly value?: readonly [number, string];
    }[];
  };
}

/** An instant query, as pairs of labels and values. @throws Error where the store does not answer it */
export async function query(
  door: FrontDoor,
  expression: string,
): Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]> {
  const answer = await door.ask({ path: `/prometheus/api/v1/query?query=${encodeURIComponent(expression)}` });
  if (answer.status !== 200)
    throw new Error(`the query was answered ${String(answer.status)}: ${answer.text.slice(0, 200)}`);
  const { data } = JSON.parse(answer.text) as Vector;
  return (data?.result ?? []).map(({ metric = {}, value }) => ({ labels: metric, value: Number(value?.[1]) }));
}

/** How many targets of each job were up in the last minutes, of this cluster. */
export async function readJobs(door: FrontDoor, plan: Plan): Promise<readonly JobFacts[]> {
  const minutes = Math.max(3, Math.ceil((3 * plan.collection.scrapeIntervalSeconds) / 60));
  const up = `last_over_time(up{cluster="${plan.collection.clusterLabel}"}[${String(minutes)}m])`;
  const [targets, ups] = await Promise.all([
    query(door, `count by (job) (${up})`),
    query(door, `sum by (job) (${up})`),
  ]);
  const sums = new Map(ups.map(({ labels, value }) => [labels['job'] ?? '', value]));
  return targets.map(({ labels, value }) => {
    const job = labels['job'] ?? '';
    return { job, tenant: door.user, targets: value, up: sums.get(job) ?? 0 };
  });
}

/** Tenants whose series of `up` are looked at: that of the stack, and the first, which has those of the nodes. */
export function collectedTenants(plan: Plan): readonly string[] {
  const [first] = plan.tenants;
  return [...new Set([stackTenant(plan), ...(first === undefined ? [] : [first.name])])];
}

interface Rules {
  readonly data?: {
    readonly groups?: readonly {
      readonly name?: string;
      readonly rules?: readonly { readonly name?: string; readonly health?: string; readonly lastError?: string }[];
    }[];
  };
}

const PATHS = { metrics: '/prometheus/api/v1/rules', logs: '/loki/prometheus/api/v1/rules' } as const;

/** How the rules of a tenant do. */
export async function readRules(door: FrontDoor, signal: keyof typeof PATHS): Promise<readonly RuleFacts[]> {
  const answer = await door.ask({ path: PATHS[signal] });
  // A ruler that has no rules of a tenant says so with 404 in some versions.
  if (answer.status === 404) return [];
  if (answer.status !== 200) throw new Error(`${PATHS[signal]} was answered ${String(answer.status)}`);
  const { data } = JSON.parse(answer.text) as Rules;
  return (data?.groups ?? []).flatMap(({ name: group = '', rules = [] }) =>
    rules.map(({ name = '', health = 'unknown', lastError }) => ({
      tenant: door.user,
      signal,
      group,
      name,
      health,
      ...(lastError !== undefined && lastError !== '' && { error: lastError }),
    })),
  );
}

/** How full volumes are, as the collectors have it from the kubelets. */
export async function readStoredVolumes(door: FrontDoor, plan: Plan): Promise<readonly VolumeFacts[]> {
  const series = (name: string): Promise<Awaited<ReturnType<typeof query>>> =>
    query(door, `max by (namespace, persistentvolumeclaim) (${name}{cluster="${plan.collection.clusterLabel}"})`);
  const [used, capacity] = await Promise.all([
    series('kubelet_volume_stats_used_bytes'),
    series('kubelet_volume_stats_capacity_bytes'),
  ]);
  const nameOf = ({ labels }: (typeof used)[number]) =>
    `${labels['namespace'] ?? ''}/${labels['persistentvolumeclaim'] ?? ''}`;
  const capacities = new Map(capacity.map((one) => [nameOf(one), one.value]));
  return used.flatMap((one) => {
    const { namespace = '', persistentvolumeclaim: claim = '' } = one.labels;
    const capacityBytes = capacities.get(nameOf(one));
    // A claim of a StatefulSet is named after its pod.
    const pod = claim.replace(/^(?:data|storage)-/, '');
    return claim === '' || capacityBytes === undefined
      ? []
      : [{ namespace, pod, claim, usedBytes: one.value, capacityBytes }];
  });
}
