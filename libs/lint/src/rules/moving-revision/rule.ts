import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { isOurs } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'moving-revision',
    family: 'gitops',
    severity: 'error',
    description: 'Third-party manifests are read at a branch.',
    why: 'What runs changes when its authors push, without a commit here and without a review.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/',
  },
  kinds: ['Application'],
  *manifest(manifest, cluster) {
    const revision = text(manifest.body, 'spec', 'source', 'targetRevision') ?? 'HEAD';
    if (isOurs(cluster, manifest) || PINNED.test(revision)) return;
    yield {
      place: inManifest(manifest, 'spec', 'source', 'targetRevision'),
      message: `\`${manifest.name}\` follows \`${revision}\` of a repository that is not ours`,
      help: 'name a tag or a commit',
    };
  },
};

/** A version's tag or a commit. */
const PINNED = /^(v?\d+\.\d+(\.\d+)?([-+.][\w.-]+)?|[0-9a-f]{40})$/;
