import type { MimirPlan, Plan } from '@lgtm-fleet/plan';
import type { Section } from '../section.ts';
import { STORE_COMMENTS, storeClient, storeServer, TLS_FILES } from '../tls.ts';

/** Both servers, and every client that calls one: a client that is left out finds nobody. */
export function tls(plan: Plan, mimir: MimirPlan): Section {
  if (plan.tls === undefined) return { value: {}, comments: {} };
  const client = storeClient(plan, 'mimir');
  return {
    value: {
      server: storeServer(),
      ingester_client: { grpc_client_config: client },
      frontend: { grpc_client_config: client },
      frontend_worker: { grpc_client_config: client, query_scheduler_grpc_client_config: client },
      query_scheduler: { grpc_client_config: client },
      querier: { store_gateway_client: client },
      ruler: {
        ruler_client: client,
        alertmanager_client: { tls_ca_path: TLS_FILES.ca },
        ...(mimir.architecture === 'ingest-storage' && { query_frontend: { grpc_client_config: client } }),
      },
      alertmanager: { alertmanager_client: client },
    },
    comments: {
      ...STORE_COMMENTS,
      'ingester_client/grpc_client_config/tls_server_name':
        'Pods are dialled by address: every certificate of Mimir has this name, too',
      'ruler/alertmanager_client': 'By its own name, over HTTPS',
    },
  };
}
