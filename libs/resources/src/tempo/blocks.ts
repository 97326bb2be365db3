import { formatDuration } from '@lgtm-fleet/units';
import type { Plan } from '@lgtm-fleet/plan';
import { saysOfKeys } from '../object-storage.ts';
import { grpcOf, isDistributed, type Inputs, type TempoSection } from './section.ts';
import type { TempoConfig } from './config.ts';

/** Where blocks are, who compacts them, and when they are deleted. */
export function blocks(inputs: Inputs): TempoSection<'storage' | 'backend_scheduler' | 'backend_worker'> {
  const { plan, tempo } = inputs;
  const compaction = { block_retention: formatDuration(tempo.retentionSeconds) };
  const { objectStorage } = plan;
  return {
    value: {
      storage: { trace: traceStorage(inputs) },
      backend_scheduler: {
        local_work_path: '/var/tempo/backend-scheduler',
        provider: { compaction: { compaction } },
      },
      backend_worker: {
        backend_scheduler_addr: grpcOf(inputs, 'tempo-backend-scheduler'),
        compaction,
        ...(isDistributed(inputs) && { ring: { kvstore: { store: 'memberlist' as const } } }),
        finish_on_shutdown_timeout: isDistributed(inputs) ? '5m' : '30s',
      },
    },
    comments: {
      ...storageComment(objectStorage),
      'backend_scheduler/provider/compaction/compaction/block_retention':
        'spec.retention.traces; the scheduler plans by it and the workers delete by it, so both must say the same',
      ...(isDistributed(inputs) && {
        'backend_worker/ring': 'Without a ring each worker writes the index of every tenant',
      }),
      'backend_worker/finish_on_shutdown_timeout': isDistributed(inputs)
        ? 'A job that is cut off counts as running for a day (backend_scheduler.work.dead_job_timeout)'
        : 'The scheduler of the same process ends first, and a worker without a job asks it in vain for this long',
    },
  };
}

function storageComment(storage: Plan['objectStorage']): Readonly<Record<string, string>> {
  if (storage.kind === 'filesystem') return {};
  if (storage.kind !== 's3') return { [`storage/trace/${storage.kind}`]: saysOfKeys(storage) };
  return storage.auth === 'secret'
    ? { 'storage/trace/s3/access_key': 'From the environment: Secret object-storage' }
    : {};
}

function traceStorage({ plan }: Inputs): TempoConfig['storage']['trace'] {
  const { objectStorage: storage, buckets } = plan;
  if (storage.kind === 'filesystem') return { backend: 'local', local: { path: '/var/tempo/blocks' } };
  if (storage.kind === 'gcs') return { backend: 'gcs', gcs: { bucket_name: buckets.tempo } };
  if (storage.kind === 'azure')
    return {
      backend: 'azure',
      azure: {
        storage_account_name: storage.account,
        container_name: buckets.tempo,
        endpoint_suffix: storage.endpointSuffix,
        // Tempo tries a key unless it is told of the token; the others look for whatever there is.
        ...(storage.auth === 'secret'
          ? { storage_account_key: '${AZURE_STORAGE_KEY}' }
          : { use_federated_token: true }),
      },
    };
  return {
    backend: 's3',
    s3: {
      bucket: buckets.tempo,
      endpoint: storage.endpoint,
      region: storage.region,
      // With workload identity both stay out, and Tempo asks the cloud for credentials.
      ...(storage.auth === 'secret' && { access_key: '${ACCESS_KEY_ID}', secret_key: '${SECRET_ACCESS_KEY}' }),
      insecure: storage.insecure,
      forcepathstyle: storage.pathStyle,
    },
  };
}
