import { describe, identity } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'shared-object',
    family: 'gitops',
    severity: 'error',
    description: 'Two Applications have the same object.',
    why: "They undo each other's changes for ever, and the one that goes takes it along.",
    source:
      'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',
  },
  *cluster(cluster) {
    for (const [first, ...others] of Map.groupBy(cluster.manifests, identity).values()) {
      for (const other of others) {
        if (first === undefined) continue;
        yield {
          place: inManifest(other, 'metadata', 'name'),
          message: `${describe(other)} is in \`${first.folder}\` and in \`${other.folder}\``,
          help: 'keep it in one of them',
        };
      }
    }
  },
};
