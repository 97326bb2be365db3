import type { Fault } from './fault.ts';
import type { ClusterSpec } from './schema.ts';

/** Keys of the clouds' object storage that do not go together. */
export function cloudStorage({ spec }: ClusterSpec): Fault[] {
  const { s3, gcs, azure } = spec.objectStorage ?? {};
  const faults: Fault[] = [];
  if (s3?.auth === 'workload-identity' && s3.insecure)
    faults.push({
      id: 'insecure-identity',
      path: ['spec', 'objectStorage', 's3', 'insecure'],
      message: 'workload identity sends tokens, which must not cross plain HTTP',
    });
  if (azure?.auth === 'workload-identity' && azure.clientId === undefined)
    faults.push({
      id: 'identity-without-client',
      path: ['spec', 'objectStorage', 'azure', 'auth'],
      message: '`workload-identity` needs to know as whom pods sign in',
      help: 'add `clientId: <id of the managed identity or application>`',
    });
  const identities = [
    ['s3', 'roleArn', s3],
    ['gcs', 'serviceAccount', gcs],
    ['azure', 'clientId', azure],
    ['azure', 'tenantId', azure],
  ] as const;
  for (const [kind, key, storage] of identities) {
    const said = storage !== undefined && (storage as Readonly<Record<string, unknown>>)[key] !== undefined;
    if (!said || storage.auth === 'workload-identity') continue;
    faults.push({
      id: key === 'roleArn' ? 'role-without-identity' : 'account-without-identity',
      path: ['spec', 'objectStorage', kind, key],
      atKey: true,
      message: `\`${key}\` is read only with \`auth: workload-identity\``,
    });
  }
  return faults;
}
