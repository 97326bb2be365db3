import type { MimirPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { joinSections, type Section } from '../section.ts';
import { schemeOf } from '../tls.ts';
import { ports } from './addresses.ts';
import { alertStorage } from './alert-routes.ts';
import { caches } from './caches.ts';
import { haTracker } from './ha-tracker.ts';
import { ingestion } from './ingest-storage.ts';
import { defaultLimits } from './limits.ts';
import { queries } from './queries.ts';
import { rings } from './rings.ts';
import { storage } from './storage.ts';
import { tls } from './tls.ts';

/** In the order in which a person reads it: what all roles share, then the way in, blocks, the way out, limits. */
const OUTLINE = [
  'multitenancy_enabled',
  'usage_stats',
  'server',
  'activity_tracker',
  'runtime_config',
  'common',
  'memberlist',
  'ingest_storage',
  'distributor',
  'ingester_client',
  'ingester',
  'blocks_storage',
  'store_gateway',
  'compactor',
  'frontend',
  'query_scheduler',
  'frontend_worker',
  'querier',
  'tenant_federation',
  'ruler',
  'ruler_storage',
  'alertmanager',
  'alertmanager_storage',
  'limits',
] as const;

/** `mimir.yaml`: one file for all roles of a cluster; the role is the container's `-target`. */
export function mimirConfig(plan: Plan, mimir: MimirPlan): Section {
  return joinSections([
    { value: Object.fromEntries(OUTLINE.map((key) => [key, undefined])), comments: {} },
    general(),
    storage(plan),
    directories(),
    caches(plan, mimir),
    ingestion(plan, mimir),
    rings(plan, mimir),
    haTracker(plan),
    queries(plan, mimir),
    alertmanager(plan),
    tls(plan, mimir),
    alertStorage(plan),
    defaultLimits(plan, mimir),
  ]);
}

function general(): Section {
  return {
    value: {
      multitenancy_enabled: true,
      usage_stats: { enabled: false },
      server: { http_listen_port: ports.http, grpc_listen_port: ports.grpc },
      activity_tracker: { filepath: '/tmp/activity.log' },
      runtime_config: { file: '/etc/mimir-overrides/overrides.yaml' },
    },
    comments: {
      multitenancy_enabled: 'Every request names its tenant; the gateway puts the header on',
      'activity_tracker/filepath': 'Tells after a crash which queries ran; outlives the container, not the pod',
      runtime_config: 'Limits of each tenant, read again while Mimir runs',
    },
  };
}

/** Everything that must outlive a restart is on the volume. */
function directories(): Section {
  return {
    value: {
      blocks_storage: {
        tsdb: { dir: '/var/mimir/tsdb', wal_compression_enabled: true },
        bucket_store: { sync_dir: '/var/mimir/tsdb-sync' },
      },
      compactor: { data_dir: '/var/mimir/compactor' },
      alertmanager: { data_dir: '/var/mimir/alertmanager' },
    },
    comments: { 'blocks_storage/tsdb/dir': 'Write-ahead log and up to 13 hours of blocks' },
  };
}

function alertmanager(plan: Plan): Section {
  return {
    value: {
      alertmanager: {
        external_url: `${schemeOf(plan, 'gateway')}://${fqdn(plan, 'gateway')}:${String(ports.http)}/alertmanager`,
        fallback_config_file: '/etc/mimir/alertmanager-fallback.yaml',
      },
    },
    comments: { 'alertmanager/fallback_config_file': 'For tenants that have set no routes yet' },
  };
}
