import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { backendsOf } from '../../view/entries.ts';
import { gatewaysOf, locationFor, type Location } from '../../view/nginx-locations.ts';
import { ADMIN_PATHS, runsStore } from '../../view/protected.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { serviceNamed } from '../../view/services.ts';

function* exposedStores(cluster: ClusterView): Iterable<Report> {
  for (const { manifest, service, namespace, place } of backendsOf(cluster)) {
    if (!runsStore(cluster, serviceNamed(cluster, { service, namespace, suffix: '' }))) continue;
    yield {
      place: inManifest(manifest, ...place),
      message: `${describe(manifest)} exposes the store behind Service \`${service}\` itself, with its paths for operators`,
      help: 'route to the gateway, which asks who sends and passes on pushes and queries alone',
    };
  }
}

export const rule: Rule = {
  meta: {
    id: 'exposed-admin-path',
    family: 'tenancy',
    severity: 'error',
    description: 'Paths for operators can be reached through the gateway, or a store is exposed without it.',
    why: 'Any tenant, or anybody, can flush and stop ingesters, delete tenants, read the configuration and the rings.',
    source: 'https://grafana.com/docs/mimir/latest/references/http-api/',
  },
  *cluster(cluster) {
    for (const gateway of gatewaysOf(cluster)) {
      const open = new Map<Location, string[]>();
      for (const path of ADMIN_PATHS) {
        const location = locationFor(gateway, path);
        if (location?.upstream !== undefined) open.set(location, [...(open.get(location) ?? []), path]);
      }
      for (const [{ title, place }, paths] of open) {
        const more = paths.length > 1 ? ` and ${paths.length - 1} more like it` : '';
        yield {
          place,
          message: `location \`${title}\` passes on \`${paths[0] ?? ''}\`${more}, which is for operators`,
          help: 'name the paths of pushes and queries one by one, and answer all others with 404',
        };
      }
    }
    yield* exposedStores(cluster);
  },
};
