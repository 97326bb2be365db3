import type { Program } from './program.ts';
import { runs } from './rings.ts';

/** Modules of each store that dial what stands below a path of its configuration file; the first match holds. */
type Dialled = readonly (readonly [path: string, ...modules: readonly string[]])[];

// By the sources of the pinned versions: every role reads the whole file, and dials only its own part of it.
const DIALLED: Readonly<Record<string, Dialled>> = {
  loki: [
    ['memberlist', 'distributor', 'ingester', 'querier', 'ruler', 'compactor'],
    ['common.compactor_grpc_address', 'querier', 'query-frontend', 'ruler'],
    ['common.compactor_address', 'querier', 'query-frontend', 'ruler'],
    ['storage_config.tsdb_shipper.index_gateway_client', 'querier'],
    ['storage_config.boltdb_shipper.index_gateway_client', 'querier'],
    ['storage_config', 'ingester', 'querier', 'index-gateway', 'compactor'],
    ['ruler_storage', 'ruler'],
    ['frontend', 'query-frontend'],
    ['frontend_worker', 'querier'],
    ['chunk_store_config', 'ingester', 'querier'],
    ['query_range', 'query-frontend'],
    ['ruler', 'ruler'],
  ],
  mimir: [
    [
      'memberlist',
      'distributor',
      'ingester',
      'querier',
      'query-frontend',
      'store-gateway',
      'compactor',
      'ruler',
      'alertmanager',
    ],
    ['ingest_storage.kafka', 'distributor', 'ingester', 'querier', 'query-frontend', 'ruler'],
    ['common.storage', 'ingester', 'querier', 'store-gateway', 'compactor', 'ruler', 'alertmanager'],
    ['blocks_storage.bucket_store.metadata_cache', 'querier', 'store-gateway', 'ruler'],
    ['blocks_storage.bucket_store', 'store-gateway'],
    ['blocks_storage', 'ingester', 'querier', 'store-gateway', 'compactor', 'ruler'],
    ['ruler_storage', 'ruler'],
    ['alertmanager_storage', 'alertmanager'],
    ['frontend', 'query-frontend'],
    ['frontend_worker', 'querier'],
    ['ruler', 'ruler'],
    ['limits.ruler_alertmanager_client_config', 'ruler'],
  ],
  tempo: [
    ['memberlist', 'distributor', 'live-store', 'block-builder', 'metrics-generator', 'querier', 'backend-worker'],
    ['ingest.kafka', 'distributor', 'live-store', 'block-builder', 'metrics-generator'],
    ['storage', 'block-builder', 'querier', 'query-frontend', 'backend-scheduler', 'backend-worker'],
    ['backend_worker', 'backend-worker'],
    ['querier', 'querier'],
    ['cache', 'querier', 'query-frontend', 'backend-worker', 'block-builder'],
    ['metrics_generator', 'metrics-generator'],
  ],
};

/** Keys of addresses that are shown to people or to others, and that the program itself never dials. */
const SHOWN = /(?:^|[._])(?:external_url|root_url|auth_url|domain|signout_redirect_url|runbook_url|generator_url)$/i;
/** Keys of addresses that a program listens on, or tells others to dial, and of names that only a certificate bears. */
const OWN =
  /(?:^|[._])(?:listen(?:ers|_address|_addr)?|advertise[a-z._]*|bind_addr|instance_addr|(?:tls_)?server_name)$/i;

/** True where nobody reads the address at a key to reach something. */
export function isOwnAddress(key: string): boolean {
  return OWN.test(key);
}

/** The programs of those that read a file which dial what stands at a path of it: `frontend.scheduler_address`. */
export function callersOf(programs: readonly Program[], path: string): readonly Program[] {
  if (SHOWN.test(path)) return [];
  return programs.filter((program) => {
    const table = DIALLED[program.name];
    if (table === undefined) return true;
    const entry = table.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`));
    // A part that the table does not know: nobody is known to dial it.
    return entry !== undefined && entry.slice(1).some((module) => runs(program, module));
  });
}
