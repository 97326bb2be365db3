import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';

/** Top-level keys of `loki.yaml` with the reasons behind them, by path (`limits_config/retention_period`). */
export interface Section {
  readonly value: Readonly<Record<string, YamlValue | undefined>>;
  readonly comments: Readonly<Record<string, string>>;
}

/** Sections that share no top-level key, as one file. */
export function joinSections(sections: readonly Section[]): Section {
  return {
    value: Object.fromEntries(sections.flatMap(({ value }) => Object.entries(value))),
    comments: Object.fromEntries(sections.flatMap(({ comments }) => Object.entries(comments))),
  };
}

/** Ports as `base/loki` has them. */
export const ports = { http: 3100, grpc: 9095, memberlist: 7946 } as const;

/** Full name of a Service of the stack: no answer depends on search domains. */
export function fqdn(plan: Plan, service: string): string {
  return `${service}.observability.svc.${plan.kubernetes.clusterDomain}`;
}

/** `host:port` of a role of Loki over gRPC. */
export function grpcOf(plan: Plan, service: string): string {
  return `${fqdn(plan, service)}:${String(ports.grpc)}`;
}

/** Bytes of memory that the process with this role may use; the monolithic one has every role. */
export function memoryLimit(plan: Plan, role: string): number | undefined {
  const workloads = plan.components.find(({ name }) => name === 'loki')?.workloads ?? [];
  return (workloads.find((one) => one.role === role) ?? workloads.find((one) => one.role === 'monolithic'))?.limits
    .memoryBytes;
}
