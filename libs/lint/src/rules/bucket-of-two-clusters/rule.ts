import { fleetCheck } from '../../fleet.ts';
import type { Rule } from '../../types.ts';
import { bucketsOf } from '../../view/buckets.ts';

/** What two clusters can both reach; a folder, or a store inside the cluster, is its own. */
const REMOTE: ReadonlySet<string> = new Set(['s3', 'aws', 'gcs', 'azure', 'swift', 'bos', 'cos', 'oss']);

const PREFIXES: Readonly<Record<string, string>> = { gcs: 'gcs.bucketPrefix', azure: 'azure.containerPrefix' };

export const rule: Rule = {
  meta: {
    id: 'bucket-of-two-clusters',
    family: 'fleet',
    severity: 'error',
    description: 'Two clusters keep objects in the same bucket under the same prefix.',
    why: "Each one's compactor deletes and merges what the other has written, by its own retention: blocks of both are lost.",
    source: 'https://github.com/grafana/mimir/issues/7606',
  },
  fleet: fleetCheck(
    (cluster) =>
      bucketsOf(cluster)
        .filter(({ backend, endpoint }) => REMOTE.has(backend) && !/^[\w-]+$|\.svc(?:[.:/]|$)/.test(endpoint))
        .map(({ backend, endpoint, name, prefix, what, place }) => {
          return { backend, endpoint, name, prefix, what, place, cluster: cluster.name };
        }),
    function* (all) {
      const byKey = Map.groupBy(all, ({ backend, endpoint, name, prefix }) =>
        [backend, endpoint.replace(/^s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/, ''), name, prefix].join(' '),
      );
      for (const same of byKey.values()) {
        for (const { cluster, place, what, name, backend } of same) {
          const other = same.find((one) => one.cluster !== cluster);
          if (other === undefined) continue;
          yield {
            place,
            message: `${what} of \`${cluster}\` are kept in bucket \`${name}\`, as are ${other.what} of \`${other.cluster}\``,
            label: `also of \`${other.cluster}\``,
            help: `give each cluster buckets of its own: \`spec.objectStorage.${PREFIXES[backend] ?? 's3.bucketPrefix'}\``,
            derivedFrom: ['spec', 'objectStorage'],
          };
        }
      }
    },
  ),
};
