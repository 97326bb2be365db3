import { jobOf, type Plan } from '@lgtm-fleet/plan';
import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { withPod } from '../pod-port.ts';
import { until } from '../wait.ts';

const PATIENCE = { seconds: 180, everyMs: 3000 };

interface Target {
  readonly health: string;
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Rule {
  readonly name: string;
  readonly health: string;
  readonly state?: string;
  readonly lastError?: string;
}

/** The Prometheus that watches scrapes every store by itself, and none of its rules fails. */
export async function watched(cluster: Cluster, plan: Plan, missing: ReadonlySet<string>): Promise<Seen> {
  return withWatcher(cluster, async (ask) => {
    const jobs = watchedJobs(plan, missing);
    await until('every store to be scraped', PATIENCE, async () => {
      const { activeTargets } = await ask<{ readonly activeTargets: readonly Target[] }>('targets?state=active');
      const faults = targetFaults(jobs, plan.cluster, activeTargets);
      if (faults.length > 0) throw new Error(faults.join('; '));
      return true;
    });
    const rules = await rulesOf(ask);
    const failing = rules.filter(({ health }) => health === 'err');
    if (failing.length > 0)
      throw new Error(failing.map(({ name, lastError = '' }) => `${name}: ${lastError}`).join('; '));
    return { detail: `${String(jobs.length)} jobs up, ${String(rules.length)} rules without a fault` };
  });
}

/** The alert that always fires is firing, whatever the stores do. */
export async function switchFires(cluster: Cluster): Promise<Seen> {
  return withWatcher(cluster, async (ask) => {
    await until('the alert that always fires', PATIENCE, async () => {
      const found = (await rulesOf(ask)).find(({ name }) => name === 'DeadMansSwitch');
      if (found === undefined) throw new Error('there is no such rule');
      return found.state === 'firing' ? true : undefined;
    });
    return {};
  });
}

/** Jobs of everything that serves metrics, of components that run here. */
export function watchedJobs(plan: Plan, missing: ReadonlySet<string>): readonly string[] {
  const told = plan.connections.flatMap(({ from, to, why }) =>
    from.kind === 'pods' && from.component === 'meta-monitoring' && to.kind === 'pods' && why.includes('scrapes')
      ? [`${to.component}/${to.role}`]
      : [],
  );
  return plan.components
    .filter(({ name }) => !missing.has(name))
    .flatMap(({ workloads }) => workloads)
    .filter(({ component, role }) => told.includes(`${component}/${role}`))
    .map(jobOf);
}

/** Jobs that lack a target that is up and has the labels of the contract. */
export function targetFaults(jobs: readonly string[], cluster: string, targets: readonly Target[]): readonly string[] {
  return jobs.flatMap((job) => {
    const own = targets.filter(({ labels }) => labels['job'] === job);
    if (own.length === 0) return [`no target of ${job}`];
    return own.flatMap(({ health, lastError, labels }) => [
      ...(health === 'up' ? [] : [`${labels['instance'] ?? job} is ${health}: ${lastError}`]),
      ...(labels['cluster'] === cluster ? [] : [`${job} is of cluster ${labels['cluster'] ?? ''}`]),
    ]);
  });
}

type Ask = <T>(path: string) => Promise<T>;

async function rulesOf(ask: Ask): Promise<readonly Rule[]> {
  const { groups } = await ask<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>('rules');
  return groups.flatMap(({ rules }) => rules);
}

/** Asks the Prometheus that watches, by a forwarded port. */
export async function withWatcher<T>(cluster: Cluster, check: (ask: Ask) => Promise<T>): Promise<T> {
  const watcher = { namespace: 'monitoring', component: 'meta-monitoring', role: 'meta-monitoring', port: 9090 };
  return await withPod(cluster, watcher, (ask) =>
    check(async <T>(path: string) => {
      const answer = JSON.parse(await ask(`/prometheus/api/v1/${path}`)) as { readonly data: T };
      return answer.data;
    }),
  );
}
