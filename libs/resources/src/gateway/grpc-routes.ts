import type { Plan } from '@lgtm-fleet/plan';
import type { Signal } from './access.ts';
import { upstream } from './routes.ts';

/** A method of OTLP's services, and who answers it. */
export interface GrpcRoute {
  readonly service: string;
  readonly method: 'Export';
  readonly signal: Signal;
  /** `host:port` of the Service, full name. */
  readonly upstream: string;
  readonly why: string;
}

/**
 * The three methods of OTLP, as far as the cluster keeps what they bring; nothing else is answered over gRPC.
 *
 * @throws Error when the connection graph lacks an edge that a route needs.
 */
export function grpcRoutes(plan: Plan): readonly GrpcRoute[] {
  const route = (signal: Signal, service: string, to: string, why: string): GrpcRoute => ({
    service: `opentelemetry.proto.collector.${service}`,
    method: 'Export',
    signal,
    upstream: to,
    why,
  });
  const translated = () => upstream(plan, 'alloy-gateway', 'alloy-gateway', 'otlp-tenants');
  const { loki, mimir, prometheus, tempo } = plan;
  return [
    ...(loki === undefined
      ? []
      : [
          route(
            'logs',
            'logs.v1.LogsService',
            translated(),
            'Logs; to a collector, since Loki takes OTLP by HTTP alone',
          ),
        ]),
    ...(mimir === undefined && prometheus === undefined
      ? []
      : [route('metrics', 'metrics.v1.MetricsService', translated(), 'Metrics, on the same way')]),
    ...(tempo === undefined
      ? []
      : [
          route(
            'traces',
            'trace.v1.TraceService',
            upstream(plan, 'tempo', tempo.mode === 'distributed' ? 'distributor' : 'monolithic', 'otlp-grpc'),
            'Traces, to the receiver of Tempo itself',
          ),
        ]),
  ];
}
