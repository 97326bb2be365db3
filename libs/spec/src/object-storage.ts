import { z } from 'zod';
import { size } from './quantities.ts';

const BUCKET_PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A choice that has nothing to say beyond being made. */
export const empty = z.strictObject({});

const s3 = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'a region such as `eu-west-1`')
    .max(63),
  bucketPrefix: z
    .string()
    .regex(BUCKET_PREFIX, 'the beginning of a bucket name: `a-z`, `0-9` and `-`, not at the ends')
    .min(3)
    .max(40)
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
    .optional(),
});

/** Where the stores keep their objects: one of the three. */
export const objectStorage = z.strictObject({
  filesystem: empty.optional().describe('Files on the volumes; one replica of each store.'),
  seaweedfs: z
    .strictObject({ size: size('Volume that holds every object.').prefault('50GB') })
    .optional()
    .describe('S3 inside the cluster.'),
  s3: s3.optional().describe('S3 or a compatible store.'),
});
