import type { SecretKey } from '@lgtm-fleet/spec';
import { signsInBy } from './credentials.ts';
import type {
  CredentialPlan,
  GrafanaPlan,
  Namespace,
  ObjectStoragePlan,
  SecretFile,
  SecretPlan,
  SecretSource,
  TenantPlan,
} from './types.ts';

interface SecretInputs {
  /** The cluster itself. */
  readonly cluster: string;
  /** Whose tenants they are: the cluster itself, or an edge's hub. */
  readonly tenantsOf: string;
  readonly role: 'hub' | 'edge';
  readonly objectStorage: ObjectStoragePlan;
  readonly tenants: readonly TenantPlan[];
  readonly credentials: readonly CredentialPlan[];
  readonly source: SecretSource['kind'];
  /** What is shown to sources outside. */
  readonly references: readonly SecretKey[];
  /** What receivers of alerts are shown, and in which namespace somebody tells them. */
  readonly told: readonly (SecretFile & { readonly namespace: Namespace })[];
  readonly grafana?: GrafanaPlan;
}

/** Every Secret that something of the cluster reads. Values come from bootstrap or a secret store, never from git. */
export function planSecrets(inputs: SecretInputs): readonly SecretPlan[] {
  return [
    ...secretsOf(inputs).map((secret) => ({
      ...secret,
      remoteKey: `lgtm-fleet/${inputs.tenantsOf}/${secret.name}`,
    })),
    ...ofOthers(inputs),
  ];
}

/** A Secret for what is outside belongs to the cluster that shows it, a hub or an edge. */
function ofOthers({ cluster, references, told }: SecretInputs): readonly SecretPlan[] {
  const shown = [
    ...references.map(({ secret, key }) => ({ secret, key, namespace: 'monitoring' as const, to: SOURCES })),
    ...told.map(({ secret, key, namespace }) => ({ secret, key, namespace, to: RECEIVERS })),
  ];
  const groups = Map.groupBy(shown, ({ namespace, secret }) => `${namespace}/${secret}`);
  return [...groups.values()].flatMap((group): readonly SecretPlan[] => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        name: first.secret,
        namespace: first.namespace,
        keys: [...new Set(group.map(({ key }) => key))].toSorted(),
        remoteKey: `lgtm-fleet/${cluster}/${first.secret}`,
        why: `what is shown to ${[...new Set(group.map(({ to }) => to))].join(' and to ')}`,
      },
    ];
  });
}

const SOURCES = 'sources outside';
const RECEIVERS = 'receivers of alerts';

/** Read as environment, but for Google's, which is a file. */
const STORAGE_KEYS = {
  s3: ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'],
  gcs: ['service-account'],
  azure: ['AZURE_STORAGE_KEY'],
} as const;
/** Authority of the gateway's own certificate, by which those who show theirs know it. */
const AUTHORITY = 'ca.crt';

/** Names of the keys under which a Secret has what somebody shows at the gateway. */
export function credentialKeys({ name, kind }: Pick<CredentialPlan, 'name' | 'kind'>): readonly string[] {
  return kind === 'certificate' ? [`${name}.crt`, `${name}.key`] : [name];
}

function keysOf(shown: readonly Pick<CredentialPlan, 'name' | 'kind'>[]): readonly string[] {
  return [...shown.flatMap(credentialKeys), ...(shown.some(({ kind }) => kind === 'certificate') ? [AUTHORITY] : [])];
}

function secretsOf(inputs: SecretInputs): readonly Omit<SecretPlan, 'remoteKey'>[] {
  const { role, objectStorage, tenants, credentials, grafana } = inputs;
  const pushing = tenants.map(({ name, credential }) => ({ name, kind: credential ?? ('password' as const) }));
  const reading = credentials.filter(({ reads }) => reads.length > 0);
  const writing = credentials.filter(({ reads, kind }) => reads.length === 0 && kind !== 'certificate');
  const collectors: Omit<SecretPlan, 'remoteKey'> = {
    name: 'tenant-credentials',
    namespace: 'monitoring',
    keys: keysOf(pushing),
    why: 'what the tenants show at the gateway, with which collectors push',
  };
  if (role === 'edge') return [collectors];
  return [
    {
      name: 'gateway-credentials',
      namespace: 'observability',
      keys: [
        ...(signsInBy(credentials, 'password') ? ['htpasswd'] : []),
        ...(signsInBy(credentials, 'token') ? ['tokens'] : []),
        ...(signsInBy(credentials, 'certificate') ? ['client-ca.crt'] : []),
      ],
      why: 'hashes of passwords, tokens and the authority of client certificates, against which the gateway checks',
    },
    ...(signsInBy(credentials, 'certificate')
      ? [
          {
            name: 'gateway-server-certificate',
            namespace: 'observability',
            keys: ['tls.crt', 'tls.key'],
            why: 'with which the gateway ends TLS itself, for those who show a client certificate',
          } as const,
        ]
      : []),
    {
      name: 'tenant-credentials',
      namespace: 'observability',
      keys: keysOf(reading),
      why: "what tenants and readers show at the gateway, with which Grafana's data sources query",
    },
    // Only where they are made here: nothing in the cluster reads them, and who keeps them elsewhere has them there.
    ...(inputs.source === 'bootstrap' && writing.length > 0
      ? [
          {
            name: 'writer-credentials',
            namespace: 'observability',
            keys: keysOf(writing),
            why: 'what writers show at the gateway, kept for whoever hands it to them',
          } as const,
        ]
      : []),
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
    ...(grafana?.profiles?.signsIn === true
      ? [
          {
            name: 'grafana-profiles',
            namespace: 'observability',
            keys: ['username', 'password'],
            why: 'with which Grafana asks Pyroscope',
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
