import type { ObjectStoragePlan } from '@lgtm-fleet/plan';

type Cloud = Exclude<ObjectStoragePlan, { readonly kind: 'filesystem' }>;

/** Why a client of object storage has the keys that it has, or none. */
export function saysOfKeys({ kind, auth }: Cloud): string {
  if (auth === 'workload-identity') return 'spec.objectStorage; no keys: the ServiceAccount is the identity';
  return kind === 'gcs'
    ? 'spec.objectStorage; GOOGLE_APPLICATION_CREDENTIALS names the file of Secret object-storage'
    : 'spec.objectStorage; the keys come from Secret object-storage';
}
