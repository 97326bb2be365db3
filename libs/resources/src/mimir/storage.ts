import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { Section } from '../section.ts';

/** The three buckets, or folders; Mimir refuses to start when two of them are one. */
export function storage(plan: Plan): Section {
  return plan.objectStorage.kind === 'filesystem' ? files() : buckets(plan, plan.objectStorage);
}

function files(): Section {
  return {
    value: {
      common: { storage: { backend: 'filesystem' } },
      blocks_storage: { filesystem: { dir: '/var/mimir/blocks' } },
      ruler_storage: { filesystem: { dir: '/var/mimir/rules' } },
      alertmanager_storage: { filesystem: { dir: '/var/mimir/alertmanager-configs' } },
    },
    comments: { 'common/storage/backend': 'spec.objectStorage: files on the volume, so one replica only' },
  };
}

function buckets(plan: Plan, s3: Extract<Plan['objectStorage'], { kind: 's3' }>): Section {
  const keys: Readonly<Record<string, YamlValue>> =
    s3.auth === 'secret' ? { access_key_id: '${ACCESS_KEY_ID}', secret_access_key: '${SECRET_ACCESS_KEY}' } : {};
  return {
    value: {
      common: {
        storage: {
          backend: 's3',
          s3: {
            endpoint: s3.endpoint,
            region: s3.region,
            insecure: s3.insecure,
            bucket_lookup_type: s3.pathStyle ? 'path' : 'auto',
            ...keys,
          },
        },
      },
      blocks_storage: { s3: { bucket_name: plan.buckets.mimirBlocks } },
      ruler_storage: { s3: { bucket_name: plan.buckets.mimirRuler } },
      alertmanager_storage: { s3: { bucket_name: plan.buckets.mimirAlertmanager } },
    },
    comments: {
      'common/storage/s3':
        s3.auth === 'secret'
          ? 'spec.objectStorage; the keys come from Secret object-storage'
          : 'spec.objectStorage; no keys: the ServiceAccount is the identity',
    },
  };
}
