import type { LokiPlan, Plan } from '@lgtm-fleet/plan';
import { hasAlertmanager } from '../alerting/alertmanager-address.ts';
import type { Section } from '../section.ts';
import { STORE_COMMENTS, storeClient, storeServer, TLS_FILES } from '../tls.ts';
import { shippersOf } from './storage.ts';

/** Both servers, and every client that calls one: a client that is left out finds nobody. */
export function tls(plan: Plan, loki: LokiPlan): Section {
  if (plan.tls === undefined) return { value: {}, comments: {} };
  const client = storeClient(plan, 'loki');
  const distributed = loki.mode === 'distributed';
  return {
    value: {
      server: storeServer(),
      ingester_client: { grpc_client_config: client },
      compactor_grpc_client: client,
      query_scheduler: { grpc_client_config: client },
      frontend: {
        grpc_client_config: client,
        ...(distributed && { tail_tls_config: { tls_ca_path: TLS_FILES.ca } }),
      },
      frontend_worker: { query_frontend_grpc_client: client, query_scheduler_grpc_client: client },
      ruler: {
        ruler_client: client,
        ...(distributed && { evaluation: { query_frontend: client } }),
        ...((plan.mimir !== undefined || hasAlertmanager(plan)) && {
          alertmanager_client: { tls_ca_path: TLS_FILES.ca },
        }),
      },
      ...(distributed && {
        storage_config: Object.fromEntries(
          shippersOf(loki).map((shipper) => [shipper, { index_gateway_client: { grpc_client_config: client } }]),
        ),
      }),
    },
    comments: {
      ...STORE_COMMENTS,
      'ingester_client/grpc_client_config/tls_server_name':
        'Pods are dialled by address: every certificate of Loki has this name, too',
    },
  };
}
