import { z } from 'zod';
import { size } from './quantities.ts';

const BUCKET_PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const BUCKET_WORDS = 'the beginning of a bucket name: `a-z`, `0-9` and `-`, not at the ends';
/** The longest of our suffixes leaves this much of the 63 characters that every cloud allows, and a little to grow. */
const MAX_PREFIX = 40;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID_WORDS = 'an id such as `00000000-0000-0000-0000-000000000000`';

/** A choice that has nothing to say beyond being made. */
export const empty = z.strictObject({});

const s3 = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'a region such as `eu-west-1`')
    .max(63),
  bucketPrefix: z
    .string()
    .regex(BUCKET_PREFIX, BUCKET_WORDS)
    .min(3)
    .max(MAX_PREFIX)
    .describe('Buckets are called <prefix>-loki and so on.'),
  endpoint: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:\d{2,5})?$/i,
      '`host` or `host:port`, without a scheme',
    )
    .max(253)
    .optional()
    .describe('For S3-compatible stores: host or host:port, without a scheme.'),
  insecure: z.boolean().default(false).describe('Plain HTTP; only for a store inside the cluster.'),
  pathStyle: z.boolean().default(false).describe('Bucket in the path instead of the host name.'),
  auth: z
    .enum(['workload-identity', 'secret'])
    .default('secret')
    .describe(
      'secret: keys in Secret object-storage; workload-identity: none, the role is bound to the ServiceAccounts.',
    ),
  roleArn: z
    .string()
    .regex(/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'a role such as `arn:aws:iam::111122223333:role/name`')
    .optional()
    .describe('Put on the ServiceAccounts (IRSA); EKS Pod Identity, whose associations are in AWS, unless said.'),
});

const gcs = z.strictObject({
  bucketPrefix: z
    .string()
    .regex(BUCKET_PREFIX, BUCKET_WORDS)
    .regex(/^(?!goog)(?!.*(google|g00gle))/, 'a prefix without `google`, which Google keeps to itself')
    .min(3)
    .max(MAX_PREFIX)
    .describe('Buckets are called <prefix>-loki and so on.'),
  auth: z
    .enum(['workload-identity', 'secret'])
    .default('secret')
    .describe('secret: a key file in Secret object-storage; workload-identity: none, GKE knows the ServiceAccounts.'),
  serviceAccount: z
    .string()
    .regex(
      /^[a-z][-a-z0-9]{4,28}[a-z0-9]@[a-z][-a-z0-9.]*[a-z0-9]\.iam\.gserviceaccount\.com$/,
      'a service account such as `name@project.iam.gserviceaccount.com`',
    )
    .max(253)
    .optional()
    .describe('As whom the stores act; as their own ServiceAccounts, to which IAM binds roles directly, unless said.'),
});

const azure = z.strictObject({
  storageAccount: z.string().regex(/^[a-z0-9]{3,24}$/, 'a storage account: 3 to 24 of `a-z` and `0-9`'),
  containerPrefix: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'the beginning of a container name: `a-z`, `0-9` and single `-`, not at the ends',
    )
    .min(3)
    .max(MAX_PREFIX)
    .describe('Containers are called <prefix>-loki and so on.'),
  auth: z
    .enum(['workload-identity', 'secret'])
    .default('secret')
    .describe('secret: the key of the account in Secret object-storage; workload-identity: none, Entra signs pods in.'),
  clientId: z
    .string()
    .regex(UUID, UUID_WORDS)
    .optional()
    .describe('Application or managed identity with a federated credential for each store.'),
  tenantId: z.string().regex(UUID, UUID_WORDS).optional().describe('Its tenant; that of the cluster unless said.'),
  // Tempo takes any other beginning for the emulator, and speaks plain HTTP to it.
  endpointSuffix: z
    .string()
    .regex(/^blob(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/, 'what comes after the account, such as `blob.core.windows.net`')
    .max(200)
    .default('blob.core.windows.net')
    .describe("Another one in Azure's national clouds."),
});

/** Where the stores keep their objects: one of the five. */
export const objectStorage = z.strictObject({
  filesystem: empty.optional().describe('Files on the volumes; one replica of each store.'),
  seaweedfs: z
    .strictObject({ size: size('Volume that holds every object.').prefault('50GB') })
    .optional()
    .describe('S3 inside the cluster.'),
  s3: s3.optional().describe('S3 or a compatible store.'),
  gcs: gcs.optional().describe('Google Cloud Storage.'),
  azure: azure.optional().describe('Azure Blob Storage.'),
});
