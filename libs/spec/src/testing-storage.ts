import fc from 'fast-check';

/** Random places for objects, for property tests. */

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$/);

export const storage = fc.oneof(
  fc.constant(undefined),
  fc.constant({ seaweedfs: { size: '200GB' } }),
  label.map((bucketPrefix) => ({ s3: { region: 'eu-west-1', bucketPrefix: `b-${bucketPrefix}`, auth: 'secret' } })),
  label.map((bucketPrefix) => ({
    s3: {
      region: 'eu-west-1',
      bucketPrefix: `b-${bucketPrefix}`,
      auth: 'workload-identity',
      roleArn: 'arn:aws:iam::111122223333:role/lgtm',
    },
  })),
);

export const clouds = fc.oneof(
  label.map((bucketPrefix) => ({ gcs: { bucketPrefix: `b-${bucketPrefix}`, auth: 'secret' } })),
  fc.record({ bucketPrefix: label, direct: fc.boolean() }).map(({ bucketPrefix, direct }) => ({
    gcs: {
      bucketPrefix: `b-${bucketPrefix}`,
      auth: 'workload-identity',
      ...(!direct && { serviceAccount: 'lgtm-fleet@project-of-us.iam.gserviceaccount.com' }),
    },
  })),
  fc.constantFrom('secret', 'workload-identity').map((auth) => ({
    azure: {
      storageAccount: 'lgtmfleet',
      containerPrefix: 'any',
      auth,
      ...(auth === 'workload-identity' && { clientId: '11111111-2222-3333-4444-555555555555' }),
    },
  })),
  label.map((bucketPrefix) => ({
    s3: { region: 'eu-west-1', bucketPrefix: `b-${bucketPrefix}`, auth: 'workload-identity' },
  })),
);
