import type { LokiPlan, Plan } from '@lgtm-fleet/plan';
import { bytes } from '@lgtm-fleet/units';
import { joinSections, type Section } from '../section.ts';
import { ports } from './addresses.ts';
import { caches } from './caches.ts';
import { limits } from './limits.ts';
import { compaction, federation, reads } from './reads.ts';
import { rings } from './rings.ts';
import { ruler } from './ruler.ts';
import { storage } from './storage.ts';
import { tls } from './tls.ts';
import { writes } from './writes.ts';

/** `loki.yaml`, the same file for every role; a pod's `-target` says which part of it matters. */
export function lokiConfig(plan: Plan, loki: LokiPlan): Section {
  return joinSections([
    server(),
    rings(plan, loki),
    storage(plan, loki),
    limits(plan, loki),
    writes(plan, loki),
    reads(plan, loki),
    federation(plan),
    caches(plan, loki),
    compaction(plan),
    ruler(plan, loki),
    tls(plan, loki),
  ]);
}

function server(): Section {
  return {
    value: {
      auth_enabled: true,
      analytics: { reporting_enabled: false },
      server: {
        http_listen_port: ports.http,
        grpc_listen_port: ports.grpc,
        http_server_read_timeout: '6m',
        http_server_write_timeout: '6m',
        grpc_server_max_recv_msg_size: 100 * bytes.MI,
        grpc_server_max_send_msg_size: 100 * bytes.MI,
      },
    },
    comments: {
      auth_enabled: 'The gateway sets X-Scope-OrgID to the tenant that signed in',
      'analytics/reporting_enabled': 'Nothing is sent to Grafana Labs',
      'server/http_server_read_timeout': 'More than query_timeout, or long queries end in an empty answer',
      'server/grpc_server_max_recv_msg_size':
        'What the clients of these servers may send and take, by their own default',
    },
  };
}
