import { WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'image-differs-from-release',
    family: 'releases',
    severity: 'warning',
    description: 'An image has another version than the set that was tested together.',
    why: 'What is generated fits the pinned version: its keys, its flags and its ports; another one may not know them.',
    source: 'https://grafana.com/docs/mimir/latest/configure/about-versioning/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, { plan }) {
    const releases = Object.values(plan.releases);
    for (const { image, tag, path } of workloadOf(manifest)?.containers ?? []) {
      const name = nameOf(image);
      // A registry in front is a mirror of the same image.
      const release = releases.find(
        (known) => known.image !== undefined && (name === known.image || name.endsWith(`/${known.image}`)),
      );
      if (release === undefined || tag === '' || tag === release.tag) continue;
      yield {
        place: inManifest(manifest, ...path, 'image'),
        message: `\`${image}\` is not the tested version of ${release.image ?? ''}, \`${release.tag}\``,
        label: `\`${release.tag}\` is pinned`,
        help: 'change the version in `libs/releases/src/releases.ts`, for every cluster and with its tests',
      };
    }
  },
};

function nameOf(image: string): string {
  const [reference = ''] = image.split('@');
  const slash = reference.lastIndexOf('/');
  const colon = reference.lastIndexOf(':');
  return colon > slash ? reference.slice(0, colon) : reference;
}
