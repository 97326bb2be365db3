import { OTLP_TENANTS } from '../ports.ts';
import type { ComponentName, Connection, PodEndpoint, Workload } from '../types.ts';
import { call, outside, pods, serviceOfPort } from './endpoints.ts';

/** Which role of a store takes pushes. */
const FRONTS = ['distributor', 'monolithic', 'prometheus'] as const;

/**
 * The way of OTLP over gRPC from the gateway on. Tempo has a receiver for it; Loki, Mimir and Prometheus take OTLP over
 * HTTP alone, so what is theirs goes by way of `alloy-gateway`, which passes on the tenant that the gateway names.
 */
export function otlpGrpcConnections(workloads: readonly Workload[], exposed: boolean): readonly Connection[] {
  const gateway = pods('gateway', 'gateway');
  const translator = pods('alloy-gateway', 'alloy-gateway');
  const frontOf = (component: ComponentName): readonly PodEndpoint[] =>
    FRONTS.filter((role) => workloads.some((one) => one.component === component && one.role === role))
      .slice(0, 1)
      .map((role) => pods(component, role));
  const write = (to: PodEndpoint, what: string): Connection =>
    call({
      from: translator,
      to,
      port: 'http',
      protocol: 'http',
      why: `writes ${what} that came in by gRPC`,
      tenant: 'caller',
    });
  return [
    ...(exposed
      ? [
          call({
            from: outside('public-gateway'),
            to: gateway,
            port: 'otlp-grpc',
            protocol: 'grpc',
            why: 'outsiders push OTLP by gRPC',
          }),
        ]
      : []),
    ...frontOf('tempo').map((to) =>
      call({
        from: gateway,
        to,
        port: 'otlp-grpc',
        protocol: 'grpc',
        why: 'pushes traces by gRPC',
        tenant: 'caller',
      }),
    ),
    {
      from: gateway,
      to: translator,
      service: serviceOfPort(translator, OTLP_TENANTS.name),
      portName: OTLP_TENANTS.name,
      port: OTLP_TENANTS.port,
      protocol: 'grpc',
      tenant: 'caller',
      why: 'pushes metrics and logs by gRPC',
    },
    ...[...frontOf('mimir'), ...frontOf('prometheus')].map((to) => write(to, 'metrics')),
    ...frontOf('loki').map((to) => write(to, 'logs')),
  ];
}
