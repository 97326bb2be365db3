import type { CredentialPlan, GrafanaPlan, ObjectStoragePlan, SecretPlan, TenantPlan } from './types.ts';

interface SecretInputs {
  /** Whose tenants they are: the cluster itself, or an edge's hub. */
  readonly cluster: string;
  readonly role: 'hub' | 'edge';
  readonly objectStorage: ObjectStoragePlan;
  readonly tenants: readonly TenantPlan[];
  readonly credentials: readonly CredentialPlan[];
  readonly grafana?: GrafanaPlan;
}

/** Every Secret that something of the cluster reads. Values come from bootstrap or a secret store, never from git. */
export function planSecrets(inputs: SecretInputs): readonly SecretPlan[] {
  return secretsOf(inputs).map((secret) => ({ ...secret, remoteKey: `lgtm-fleet/${inputs.cluster}/${secret.name}` }));
}

/** Read as environment, but for Google's, which is a file. */
const STORAGE_KEYS = {
  s3: ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'],
  gcs: ['service-account'],
  azure: ['AZURE_STORAGE_KEY'],
} as const;

/** Names of the keys under which a Secret has what somebody shows at the gateway. */
export function credentialKeys({ name, kind }: Pick<CredentialPlan, 'name' | 'kind'>): readonly string[] {
  return kind === 'certificate' ? [`${name}.crt`, `${name}.key`] : [name];
}

function secretsOf(inputs: SecretInputs): readonly Omit<SecretPlan, 'remoteKey'>[] {
  const { role, objectStorage, tenants, credentials, grafana } = inputs;
  const passwords = tenants.map((tenant) => tenant.name);
  const collectors: Omit<SecretPlan, 'remoteKey'> = {
    name: 'tenant-credentials',
    namespace: 'monitoring',
    keys: passwords,
    why: 'passwords of the tenants, with which collectors push',
  };
  if (role === 'edge') return [collectors];
  return [
    {
      name: 'gateway-credentials',
      namespace: 'observability',
      keys: ['htpasswd'],
      why: "hashes of the tenants' passwords, against which the gateway checks",
    },
    {
      name: 'tenant-credentials',
      namespace: 'observability',
      keys: credentials.filter(({ reads }) => reads.length > 0).flatMap(credentialKeys),
      why: "what tenants and readers show at the gateway, with which Grafana's data sources query",
    },
    {
      name: 'grafana-admin',
      namespace: 'observability',
      keys: ['username', 'password', 'secret-key'],
      why: "Grafana's first administrator, and the key with which it encrypts what it stores",
    },
    ...(grafana?.oidc === undefined
      ? []
      : [
          {
            name: 'grafana-oidc',
            namespace: 'observability',
            keys: ['client-secret'],
            why: 'with which Grafana signs people in',
          } as const,
        ]),
    ...(grafana?.database.kind === 'postgres'
      ? [
          {
            name: 'grafana-database',
            namespace: 'observability',
            keys: ['username', 'password'],
            why: "Grafana's database",
          } as const,
        ]
      : []),
    ...(objectStorage.kind !== 'filesystem' && objectStorage.auth === 'secret'
      ? [
          {
            name: 'object-storage',
            namespace: 'observability',
            keys: STORAGE_KEYS[objectStorage.kind],
            why: 'with which the stores read and write objects',
          } as const,
        ]
      : []),
    collectors,
  ];
}
