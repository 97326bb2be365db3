import { nearest, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { bucketNames, bucketSpace } from './buckets.ts';
import { hubLoads } from './hub-load.ts';
import { spanOfKey, spanOfValue, type Path } from './locate.ts';
import type { ParsedCluster } from './parse.ts';

/**
 * What no single file is wrong about: clusters that share what each must have for itself, and edges
 * without their hub. Order of the clusters does not matter; the later name of a pair is reported.
 * `folderNames` names all clusters, also those whose file has faults of its own.
 */
export function checkFleet(clusters: readonly ParsedCluster[], folderNames: readonly string[] = []): Diagnostic[] {
  const sorted = clusters.toSorted((left, right) => compare(left.source.path, right.source.path));
  const twice = shared(sorted);
  const named = new Set(twice.filter(({ id }) => id === 'shared-name').map(({ file }) => file));
  return [
    ...folders(sorted).filter(({ file }) => !named.has(file)),
    ...twice,
    ...edges(sorted, folderNames),
    ...hubLoads(sorted),
  ];
}

function folders(clusters: readonly ParsedCluster[]): Diagnostic[] {
  return clusters.flatMap((parsed) => {
    const folder = parsed.source.path.split('/').at(-2);
    const { name } = parsed.cluster.metadata;
    if (folder === undefined || folder === name) return [];
    return [
      fault(
        parsed,
        'name-is-not-the-folder',
        ['metadata', 'name'],
        `the cluster is called \`${name}\`, its folder \`${folder}\``,
        'the folder is the identity: make both the same',
      ),
    ];
  });
}

interface Claim {
  readonly what: string;
  readonly value: string;
  /** What the value is unique in; a bucket is in its endpoint. */
  readonly within?: string;
  readonly path: Path;
}

function shared(clusters: readonly ParsedCluster[]): Diagnostic[] {
  const owners = new Map<string, ParsedCluster>();
  const found: Diagnostic[] = [];
  for (const parsed of clusters) {
    for (const { what, value, within = '', path } of claims(parsed)) {
      const key = `${what} ${within} ${value.toLowerCase()}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, parsed);
      else if (owner !== parsed) {
        const help =
          what === 'bucket'
            ? `two clusters in one bucket destroy each other's blocks; give each its own \`${String(path.at(-1))}\``
            : `give each cluster its own ${what}`;
        found.push(
          fault(
            parsed,
            `shared-${what.replaceAll(' ', '-')}`,
            path,
            what === 'name'
              ? `${owner.source.path} is called \`${value}\` already`
              : `the ${what} \`${value}\` is \`${owner.cluster.metadata.name}\`'s already`,
            help,
          ),
        );
      }
    }
  }
  return found.filter(
    (diagnostic, index) =>
      found.findIndex(
        (other) =>
          other.id === diagnostic.id && other.file === diagnostic.file && other.span?.start === diagnostic.span?.start,
      ) === index,
  );
}

function claims({ cluster }: ParsedCluster): Claim[] {
  const { metadata, spec } = cluster;
  const space = bucketSpace(cluster);
  const buckets =
    space === undefined
      ? []
      : Object.values(bucketNames(space.prefix)).map((name) => ({
          what: 'bucket',
          value: name,
          within: space.within,
          path: ['spec', 'objectStorage', space.kind, space.key],
        }));
  const hosts = [
    { value: spec.exposure?.grafana.hostname, path: ['spec', 'exposure', 'grafana', 'hostname'] },
    { value: spec.exposure?.ingest?.hostname, path: ['spec', 'exposure', 'ingest', 'hostname'] },
    { value: spec.exposure?.ingest?.grpcHostname, path: ['spec', 'exposure', 'ingest', 'grpcHostname'] },
    { value: spec.exposure?.queries?.hostname, path: ['spec', 'exposure', 'queries', 'hostname'] },
  ].flatMap(({ value, path }) => (value === undefined ? [] : [{ what: 'host name', value, path }]));
  return [{ what: 'name', value: metadata.name, path: ['metadata', 'name'] }, ...buckets, ...hosts];
}

function edges(clusters: readonly ParsedCluster[], folderNames: readonly string[]): Diagnostic[] {
  const byName = new Map(clusters.map((parsed) => [parsed.cluster.metadata.name, parsed]));
  return clusters.flatMap((parsed) => {
    const { role, hub: name } = parsed.cluster.spec;
    if (role !== 'edge' || name === undefined) return [];
    const hub = byName.get(name);
    const path = ['spec', 'hub'];
    // A hub that is there and cannot be read is not missing; its own faults are told.
    if (hub === undefined && folderNames.includes(name)) return [];
    if (hub === undefined) {
      const hubs = clusters
        .filter(({ cluster }) => cluster.spec.role === 'hub')
        .map(({ cluster }) => cluster.metadata.name);
      const meant = nearest(name, hubs);
      return [
        fault(
          parsed,
          'missing-hub',
          path,
          `there is no cluster \`${name}\``,
          meant === undefined ? 'name a folder of clusters/ whose spec says `role: hub`' : `did you mean \`${meant}\`?`,
        ),
      ];
    }
    if (hub.cluster.spec.role !== 'hub')
      return [
        fault(parsed, 'hub-is-an-edge', path, `\`${name}\` is an edge itself`, 'ship to a cluster with `role: hub`'),
      ];
    if (hub.cluster.spec.exposure?.ingest === undefined)
      return [
        fault(
          parsed,
          'hub-not-exposed',
          path,
          `the hub \`${name}\` takes nothing from outside`,
          `add \`exposure: { ingest: { hostname: … } }\` to ${hub.source.path}`,
        ),
      ];
    const known = new Set(hub.cluster.spec.tenants.map((tenant) => tenant.name));
    const own = hub.cluster.spec.selfMonitoring?.tenant;
    const unknown = parsed.cluster.spec.tenants.flatMap((tenant, index) =>
      known.has(tenant.name)
        ? []
        : [
            fault(
              parsed,
              'unknown-tenant',
              ['spec', 'tenants', index, 'name'],
              `the hub \`${name}\` has no tenant \`${tenant.name}\``,
              `it has ${[...known].map((word) => `\`${word}\``).join(', ')}`,
            ),
          ],
    );
    const mine = parsed.cluster.spec.selfMonitoring?.tenant;
    if (mine === undefined || mine === own) return unknown;
    return [
      ...unknown,
      fault(
        parsed,
        'unknown-tenant',
        ['spec', 'selfMonitoring'],
        `the hub \`${name}\` has no tenant \`${mine}\` for its own telemetry`,
        own === undefined ? `add \`selfMonitoring\` to ${hub.source.path}` : `its own is called \`${own}\``,
      ),
    ];
  });
}

function fault(parsed: ParsedCluster, id: string, path: Path, message: string, help: string): Diagnostic {
  const value = spanOfValue(parsed.document, path);
  return {
    id,
    severity: 'error',
    message,
    file: parsed.source.path,
    span: value.end > value.start ? value : spanOfKey(parsed.document, path),
    help,
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
