import type { Fault } from '../fault.ts';
import type { ClusterSpec } from '../schema.ts';
import { hasDiscovery } from './cloudwatch.ts';
import type { Source } from './sources.ts';

/** Who asks clouds, and what they can be asked for. */
export function identities({ ingest }: ClusterSpec['spec']): Fault[] {
  return [
    ...one(ingest.sources, ROLES, 'say `assumeRoleArn`: a role that the first one goes on to assume for this source'),
    ...one(ingest.sources, CLIENTS, 'give one of them the rights that all sources need'),
    ...tags(ingest.sources),
  ];
}

type Said = (source: Source) => { readonly path: readonly string[]; readonly as: string | undefined };

const ROLES: readonly Said[] = [
  ({ ec2 }) => ({ path: ['ec2', 'roleArn'], as: ec2?.roleArn }),
  ({ cloudwatch }) => ({ path: ['cloudwatch', 'roleArn'], as: cloudwatch?.roleArn }),
];
/** Not that of `azure`, which is of the nodes: they can have many. */
const CLIENTS: readonly Said[] = [
  ({ azureMonitor }) => ({ path: ['azureMonitor', 'clientId'], as: azureMonitor?.clientId.toLowerCase() }),
];

/** All sources are asked by one ServiceAccount, and its annotation has one value. */
function one(sources: readonly Source[], kinds: readonly Said[], help: string): Fault[] {
  const said = sources.flatMap((source, index) =>
    kinds.flatMap((kind) => {
      const { path, as } = kind(source);
      return as === undefined ? [] : [{ name: source.name, index, path, as }];
    }),
  );
  const [first] = said;
  return said
    .filter(({ as }) => as !== first?.as)
    .map(({ index, path }) => ({
      id: 'two-identities',
      path: ['spec', 'ingest', 'sources', index, ...path],
      message: `the collector signs in as \`${String(first?.as)}\` already, for \`${String(first?.name)}\``,
      help,
    }));
}

/** Tags are those of resources, and which metrics are of a resource is known for some namespaces. */
function tags(sources: readonly Source[]): Fault[] {
  return sources.flatMap(({ cloudwatch }, index) =>
    (cloudwatch?.services ?? []).flatMap(({ namespace, tags }, at): Fault[] =>
      hasDiscovery(namespace) || Object.keys(tags).length === 0
        ? []
        : [
            {
              id: 'tags-without-resources',
              path: ['spec', 'ingest', 'sources', index, 'cloudwatch', 'services', at, 'tags'],
              atKey: true,
              message: `which resource a metric of \`${namespace}\` is about is not known, and so not its tags`,
              help: 'leave out `tags`, and take less by `keep` or `drop`',
            },
          ],
    ),
  );
}
