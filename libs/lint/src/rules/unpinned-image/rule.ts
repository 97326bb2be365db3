import { WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

/** Tags that are moved to the newest build. */
const MOVING = /^(latest|stable|main|master|edge|nightly|dev|next|canary|rolling|head)(-.*)?$/i;

export const rule: Rule = {
  meta: {
    id: 'unpinned-image',
    family: 'releases',
    severity: 'error',
    description: 'An image is not pinned to a version.',
    why: 'Which version runs depends on when a node has last pulled it: pods of one set differ, and a restart is an upgrade.',
    source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { name, image, tag, path } of workloadOf(manifest)?.containers ?? []) {
      if (image === '' || image.includes('@sha256:')) continue;
      const moving = MOVING.test(tag);
      // A tag without a digit is a channel, not a version.
      if (tag !== '' && !moving && /\d/.test(tag)) continue;
      yield {
        place: inManifest(manifest, ...path, 'image'),
        message:
          tag === ''
            ? `the image \`${image}\` of container \`${name}\` has no tag, which means \`latest\``
            : `the image \`${image}\` of container \`${name}\` moves with its tag \`${tag}\``,
        help: 'pin it to a version, or to a digest',
      };
    }
  },
};
