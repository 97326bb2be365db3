import type { ComponentName, Plan, Workload } from '@lgtm-fleet/plan';

/** A program that takes what a user shows when it starts, and not again. */
export interface Reader {
  readonly namespace: string;
  readonly component: ComponentName;
  readonly kind: Workload['kind'];
  readonly name: string;
  /** The Secret that it reads, in its namespace. */
  readonly secret: string;
}

const CANARIES: ReadonlySet<ComponentName> = new Set(['canary', 'canary-traces']);

/**
 * Grafana reads the Secret of its data sources when it starts, and canaries get theirs as environment. Collectors read
 * the file again, so they are none of these.
 */
export function readersAtStart(plan: Plan, user: string): readonly Reader[] {
  return plan.components.flatMap(({ name, namespace, workloads }): readonly Reader[] => {
    const secret = plan.secrets.find(
      (one) => one.name === 'tenant-credentials' && one.namespace === namespace && one.keys.includes(user),
    );
    const reads = name === 'grafana' || (CANARIES.has(name) && plan.selfMonitoring?.tenant === user);
    if (secret === undefined || !reads) return [];
    return workloads.map((workload) => ({
      namespace,
      component: name,
      kind: workload.kind,
      name: workload.name,
      secret: secret.name,
    }));
  });
}
