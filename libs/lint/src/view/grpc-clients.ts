import type { Path } from '@lgtm-fleet/manifests';
import { setting, type Program } from './program.ts';
import { runs } from './rings.ts';

/** A block of a store's configuration by which its roles call each other over gRPC. */
export interface GrpcClient {
  readonly path: Path;
  /** Modules that dial by it. */
  readonly modules: readonly string[];
  /** The block is used only where this is set. */
  readonly when?: Path;
}

const client = (path: string, ...modules: readonly string[]): GrpcClient => ({ path: path.split('/'), modules });

// By the sources of the pinned versions.
const CLIENTS: Readonly<Record<string, readonly GrpcClient[]>> = {
  loki: [
    client('ingester_client/grpc_client_config', 'distributor', 'querier'),
    client('compactor_grpc_client', 'querier', 'query-frontend', 'ruler'),
    client('query_scheduler/grpc_client_config', 'query-scheduler'),
    client('frontend/grpc_client_config', 'query-frontend'),
    client('frontend_worker/query_frontend_grpc_client', 'querier'),
    client('frontend_worker/query_scheduler_grpc_client', 'querier'),
    client('ruler/ruler_client', 'ruler'),
    {
      ...client('ruler/evaluation/query_frontend', 'ruler'),
      when: ['ruler', 'evaluation', 'query_frontend', 'address'],
    },
    ...['tsdb_shipper', 'boltdb_shipper'].map((shipper) => ({
      ...client(`storage_config/${shipper}/index_gateway_client/grpc_client_config`, 'querier'),
      when: ['storage_config', shipper, 'index_gateway_client', 'server_address'],
    })),
  ],
  mimir: [
    client('ingester_client/grpc_client_config', 'distributor', 'querier', 'ruler'),
    client('querier/store_gateway_client', 'querier', 'ruler'),
    client('query_scheduler/grpc_client_config', 'query-scheduler'),
    client('frontend/grpc_client_config', 'query-frontend'),
    client('frontend_worker/grpc_client_config', 'querier'),
    client('frontend_worker/query_scheduler_grpc_client_config', 'querier'),
    client('ruler/ruler_client', 'ruler'),
    client('alertmanager/alertmanager_client', 'alertmanager'),
    { ...client('ruler/query_frontend/grpc_client_config', 'ruler'), when: ['ruler', 'query_frontend', 'address'] },
  ],
  tempo: [
    client('live_store_client/grpc_client_config', 'querier'),
    client('querier/frontend_worker/grpc_client_config', 'querier'),
    client('backend_scheduler_client/grpc_client_config', 'backend-worker'),
  ],
};

/** The gRPC clients that a program uses; none for what is no store. */
export function grpcClientsOf(program: Program): readonly GrpcClient[] {
  return (CLIENTS[program.name] ?? []).filter(({ modules, when }) => {
    const address = when === undefined ? undefined : setting(program, ...when)?.value;
    // Over HTTP the block is not looked at.
    const used = when === undefined || (typeof address === 'string' && !/^https?:/.test(address));
    return used && modules.some((module) => runs(program, module));
  });
}
