import type { Section } from '../section.ts';
import { blocks } from './blocks.ts';
import { STORE_COMMENTS, storeClient, storeServer } from '../tls.ts';
import type { TempoConfig } from './config.ts';
import { limits } from './limits.ts';
import { metricsGenerator } from './metrics-generator.ts';
import { reads } from './reads.ts';
import { ports, type Inputs } from './section.ts';
import { writes } from './writes.ts';

/** The whole of `tempo.yaml`; one file for every role, told by `-target` which one it is. */
export function tempoYaml(inputs: Inputs): Section<TempoConfig> {
  const write = writes(inputs);
  const read = reads(inputs);
  const block = blocks(inputs);
  const generator = metricsGenerator(inputs);
  const limit = limits(inputs);
  return {
    value: {
      multitenancy_enabled: true,
      usage_report: { reporting_enabled: false },
      memory: { automemlimit_enabled: true },
      server: {
        http_listen_port: ports.http,
        grpc_listen_port: ports.grpc,
        ...(inputs.plan.tls !== undefined && storeServer()),
      },
      ...write.value,
      ...block.value,
      ...read.value,
      ...generator.value,
      ...limit.value,
      ...(inputs.plan.tls !== undefined && clients(inputs)),
    },
    comments: {
      multitenancy_enabled: 'Each request names its tenant in X-Scope-OrgID; the gateway sets it',
      memory:
        "Go's memory limit follows the container's, so that the collector of garbage works before the kernel does",
      ...write.comments,
      ...block.comments,
      ...read.comments,
      ...generator.comments,
      ...limit.comments,
      ...(inputs.plan.tls !== undefined && {
        ...STORE_COMMENTS,
        'live_store_client/grpc_client_config/tls_server_name':
          'Pods are dialled by address: every certificate of Tempo has this name, too',
      }),
    },
  };
}

/** The clients that have no other key here; the queriers' own is among theirs. */
function clients({ plan }: Inputs): Pick<TempoConfig, 'live_store_client' | 'backend_scheduler_client'> {
  const client = { grpc_client_config: storeClient(plan, 'tempo') };
  return { live_store_client: client, backend_scheduler_client: client };
}
