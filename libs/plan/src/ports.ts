import type { ComponentName, Port } from './types.ts';

const http = (port: number): Port => ({ name: 'http', port });
const grpc: Port = { name: 'grpc', port: 9095 };
const memberlist: Port = { name: 'memberlist', port: 7946 };
const memcached: Port = { name: 'memcached', port: 11_211 };
/** OTLP over gRPC, wherever it is taken. */
export const OTLP_GRPC: Port = { name: 'otlp-grpc', port: 4317 };
const otlp: readonly Port[] = [OTLP_GRPC, { name: 'otlp-http', port: 4318 }];

/** Where the gateway itself ends TLS and asks for client certificates; only where somebody has one. */
export const CLIENT_CERTIFICATES: Port = { name: 'https', port: 8443 };
/** The same for those who speak gRPC: on one port with the others, HTTP clients would be offered HTTP/2, too. */
export const GRPC_CLIENT_CERTIFICATES: Port = { name: 'otlp-grpcs', port: 8444 };

/** Where `alloy-gateway` believes the tenant that the gateway names; only on a hub, which has one. */
export const OTLP_TENANTS: Port = { name: 'otlp-tenants', port: 4320 };

/** Roles of a store that take no part in its rings, as `component/role`. */
const OUTSIDE_RINGS: ReadonlySet<string> = new Set([
  'loki/index-gateway',
  'loki/query-frontend',
  'loki/query-scheduler',
  'mimir/overrides-exporter',
  'mimir/query-scheduler',
  'tempo/monolithic',
  'tempo/query-frontend',
  'tempo/backend-scheduler',
]);

/** The ports that a role listens on, named as on its container and its Service. */
export function portsOf(component: ComponentName, role: string): readonly Port[] {
  if (role === 'cache' || role.endsWith('-cache')) return [memcached];
  const ring = OUTSIDE_RINGS.has(`${component}/${role}`) ? [] : [memberlist];
  switch (component) {
    case 'loki':
      return [http(3100), grpc, ...ring];
    case 'mimir':
      return [http(8080), grpc, ...ring];
    case 'tempo':
      return [http(3200), grpc, ...ring, ...(role === 'monolithic' || role === 'distributor' ? otlp : [])];
    case 'alertmanager':
      return [http(9093)];
    case 'prometheus':
    case 'meta-monitoring':
      return [http(9090)];
    case 'gateway':
      return [http(8080), OTLP_GRPC];
    case 'grafana':
      return [http(3000)];
    case 'alloy':
    case 'alloy-sources':
      return [http(12_345)];
    case 'alloy-gateway':
      return [http(12_345), ...otlp];
    case 'kube-state-metrics':
      return [http(8080), { name: 'telemetry', port: 8081 }];
    case 'node-exporter':
      return [http(9100)];
    case 'canary':
      return [http(role === 'logs' ? 3500 : 8080)];
    case 'canary-traces':
      return [http(8080)];
    case 'sample':
      return role === 'load' ? [] : [http(8080)];
    case 'seaweedfs':
      return role === 'buckets'
        ? []
        : [
            { name: 's3', port: 8333 },
            { name: 'metrics', port: 9327 },
          ];
    case 'kafka':
      return role === 'topics'
        ? []
        : [
            { name: 'kafka', port: 9092 },
            { name: 'controller', port: 9093 },
          ];
    default:
      return [];
  }
}
