import {
  encryptionOf,
  namespaceOf,
  serverName,
  type ComponentName,
  type Plan,
  type PodEndpoint,
} from '@lgtm-fleet/plan';
import type { ConfigFile } from './types.ts';

/** Where every pod that serves or calls with TLS has its Secret; one that only calls has `ca` alone. */
export const TLS_FOLDER = '/etc/tls';
export const TLS_FILES = {
  cert: `${TLS_FOLDER}/tls.crt`,
  key: `${TLS_FOLDER}/tls.key`,
  ca: `${TLS_FOLDER}/ca.crt`,
} as const;

/** True where a component serves its port with TLS on this cluster. */
export function isEncrypted(plan: Plan, component: ComponentName, port = 'http'): boolean {
  const to = { kind: 'pods', namespace: namespaceOf(component), component, role: component } as const;
  return plan.tls !== undefined && encryptionOf(to, port) !== undefined;
}

/** Pods of every component that another one calls with TLS, each component once. */
export function encryptedTargets(plan: Plan, caller: ComponentName): readonly PodEndpoint[] {
  const found = plan.connections.flatMap(({ from, to, encryption }) =>
    encryption !== undefined && from.kind === 'pods' && from.component === caller && to.kind === 'pods'
      ? [[to.component, to] as const]
      : [],
  );
  return [...new Map(found).values()];
}

/** How the address of a component's HTTP port begins. */
export function schemeOf(plan: Plan, component: ComponentName, port = 'http'): 'http' | 'https' {
  return isEncrypted(plan, component, port) ? 'https' : 'http';
}

/** The name that answers for a component, whatever the address that is dialled. */
export function serverNameOf(plan: Plan, component: ComponentName): string {
  return serverName(component, plan.kubernetes.clusterDomain);
}

/** How Prometheus and Alertmanager are told to serve with TLS, a file of its own; none without `spec.tls`. */
export function webConfig({ tls }: Plan, configMap: string): readonly ConfigFile[] {
  if (tls === undefined) return [];
  return [
    {
      name: 'web.yml',
      configMap,
      hashed: true,
      form: 'yaml',
      value: { tls_server_config: { cert_file: TLS_FILES.cert, key_file: TLS_FILES.key } },
      comments: { tls_server_config: 'spec.tls; read again at each connection' },
    },
  ];
}

/** The servers of the three stores, the `server` block of their common library. */
export function storeServer() {
  const own = { cert_file: TLS_FILES.cert, key_file: TLS_FILES.key };
  return {
    http_tls_config: own,
    grpc_tls_config: { ...own, client_auth_type: 'RequireAndVerifyClientCert', client_ca_file: TLS_FILES.ca } as const,
  };
}

/** A gRPC client of a store that calls its own kind, in the same library; `tls_enabled` and what belongs to it. */
export function storeClient(plan: Plan, store: 'loki' | 'mimir' | 'tempo') {
  return {
    tls_enabled: true,
    tls_cert_path: TLS_FILES.cert,
    tls_key_path: TLS_FILES.key,
    tls_ca_path: TLS_FILES.ca,
    tls_server_name: serverNameOf(plan, store),
  } as const;
}

/** Why the blocks above say what they say, for the three stores. */
export const STORE_COMMENTS = {
  'server/http_tls_config':
    'spec.tls; the certificate is read again at each handshake. Callers need none: kubelets call',
  'server/grpc_tls_config/client_auth_type': 'Only pods of this store call here, and each shows its certificate',
} as const;

/** How often those that watch their files look at them; a renewed certificate is there a month before the old one ends. */
export const RELOAD = '1m';

/** Whether the gateway that collectors push to is the cluster's own, whose certificate they check by the CA. */
export function pushesInside(plan: Plan): boolean {
  return plan.role === 'hub' && isEncrypted(plan, 'gateway');
}
