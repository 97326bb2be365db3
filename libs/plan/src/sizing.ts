import { bytes, formatCpu, formatQuantity } from '@lgtm-fleet/units';
import { portsOf } from './ports.ts';
import type { ComponentName, Decision, Port, Workload } from './types.ts';

/** What a capacity function returns: objects, and why they are as they are. */
export interface Sized {
  readonly workloads: readonly Workload[];
  readonly decisions: readonly Decision[];
}

export interface RoleSize {
  readonly role: string;
  readonly kind: Workload['kind'];
  readonly replicas: number;
  /** Why that many, with the formula's numbers. */
  readonly because: string;
  readonly source: string;
  readonly headroom?: string;
  readonly milliCpu: number;
  readonly memoryBytes: number;
  /** Limit over request; what a burst may take before the kernel ends the pod. */
  readonly burst?: number;
  readonly volumeBytes?: number;
  readonly maxReplicas?: number;
  readonly zones?: number;
  /** Ports that the role has only in this mode. */
  readonly morePorts?: readonly Port[];
}

export const OWN = 'own judgement (nobody published a formula)';

/** One role of a component as a workload, with its decisions. */
export function sized(component: ComponentName, size: RoleSize): Sized {
  const zones = size.zones ?? 0;
  const zonal = zones > 1;
  const single = size.role === 'monolithic' || size.role === component || size.role === 'broker';
  const memory = step(size.memoryBytes);
  const workload: Workload = {
    component,
    role: size.role,
    name: single ? component : `${component}-${size.role}`,
    kind: size.kind,
    replicas: zonal ? Math.ceil(size.replicas / zones) : size.replicas,
    zonal,
    ...(size.maxReplicas !== undefined && { maxReplicas: Math.max(size.maxReplicas, size.replicas) }),
    requests: { milliCpu: Math.ceil(size.milliCpu / 10) * 10, memoryBytes: memory },
    limits: { memoryBytes: step(memory * (size.burst ?? 1.5)) },
    ...(size.volumeBytes !== undefined && { volumeBytes: step(Math.max(size.volumeBytes, bytes.GI)) }),
    ports: [...portsOf(component, size.role), ...(size.morePorts ?? [])],
  };
  const subject = size.role === component ? component : `${component}.${size.role}`;
  const cite = { source: size.source, ...(size.headroom !== undefined && { headroom: size.headroom }) };
  const count = zonal
    ? `${String(zones)} × ${String(workload.replicas)}`
    : workload.maxReplicas === undefined
      ? String(workload.replicas)
      : `${String(workload.replicas)}–${String(workload.maxReplicas)}`;
  const decisions: Decision[] = [
    ...(size.kind === 'DaemonSet' || size.kind === 'Job'
      ? []
      : [{ subject: `${subject}.replicas`, value: count, reason: size.because, ...cite }]),
    {
      subject: `${subject}.resources`,
      value: `${formatCpu(workload.requests.milliCpu)} CPU, ${formatQuantity(memory)} (limit ${formatQuantity(workload.limits.memoryBytes)})`,
      reason: size.kind === 'DaemonSet' || size.kind === 'Job' ? size.because : 'the same formula, for each replica',
      ...cite,
    },
  ];
  if (workload.volumeBytes !== undefined)
    decisions.push({
      subject: `${subject}.volume`,
      value: formatQuantity(workload.volumeBytes),
      reason: 'what it keeps between flushes, or for good',
      ...cite,
    });
  return { workloads: [workload], decisions };
}

export function together(parts: readonly Sized[]): Sized {
  return { workloads: parts.flatMap((part) => part.workloads), decisions: parts.flatMap((part) => part.decisions) };
}

/** Rounds bytes up to what a person would have written: 8 Mi steps, then 64 Mi, then quarters of a Gi, then whole ones. */
export function step(amount: number): number {
  const unit =
    amount <= 256 * bytes.MI
      ? 8 * bytes.MI
      : amount <= 2 * bytes.GI
        ? 64 * bytes.MI
        : amount <= 8 * bytes.GI
          ? bytes.GI / 4
          : bytes.GI;
  return Math.ceil(amount / unit) * unit;
}
