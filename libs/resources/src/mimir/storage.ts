import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { saysOfKeys } from '../object-storage.ts';
import type { Section } from '../section.ts';

/** The three buckets, or folders; Mimir refuses to start when two of them are one. */
export function storage(plan: Plan): Section {
  return plan.objectStorage.kind === 'filesystem' ? files(plan) : buckets(plan, plan.objectStorage);
}

function files(plan: Plan): Section {
  return {
    value: {
      common: { storage: { backend: 'filesystem' } },
      blocks_storage: { filesystem: { dir: '/var/mimir/blocks' } },
      ruler_storage: { filesystem: { dir: '/var/mimir/rules' } },
      ...(!plan.alertRoutesInGit && {
        alertmanager_storage: { filesystem: { dir: '/var/mimir/alertmanager-configs' } },
      }),
    },
    comments: { 'common/storage/backend': 'spec.objectStorage: files on the volume, so one replica only' },
  };
}

type Cloud = Exclude<Plan['objectStorage'], { readonly kind: 'filesystem' }>;

function buckets(plan: Plan, cloud: Cloud): Section {
  const { kind } = cloud;
  const key = kind === 'azure' ? 'container_name' : 'bucket_name';
  const client = clientOf(cloud);
  return {
    value: {
      common: { storage: { backend: kind, ...(client !== undefined && { [kind]: client }) } },
      blocks_storage: { [kind]: { [key]: plan.buckets.mimirBlocks } },
      ruler_storage: { [kind]: { [key]: plan.buckets.mimirRuler } },
      ...(!plan.alertRoutesInGit && {
        alertmanager_storage: { [kind]: { [key]: plan.buckets.mimirAlertmanager } },
      }),
    },
    comments: { [`common/storage/${client === undefined ? 'backend' : kind}`]: saysOfKeys(cloud) },
  };
}

/** What the three have in common. Nothing for Google's: who it is, its client finds out by itself. */
function clientOf(cloud: Cloud): Readonly<Record<string, YamlValue>> | undefined {
  const secret = cloud.auth === 'secret';
  switch (cloud.kind) {
    case 'gcs':
      return undefined;
    case 'azure':
      return {
        account_name: cloud.account,
        endpoint_suffix: cloud.endpointSuffix,
        ...(secret && { account_key: '${AZURE_STORAGE_KEY}' }),
      };
    case 's3':
      return {
        endpoint: cloud.endpoint,
        region: cloud.region,
        insecure: cloud.insecure,
        bucket_lookup_type: cloud.pathStyle ? 'path' : 'auto',
        ...(secret && { access_key_id: '${ACCESS_KEY_ID}', secret_access_key: '${SECRET_ACCESS_KEY}' }),
      };
  }
}
