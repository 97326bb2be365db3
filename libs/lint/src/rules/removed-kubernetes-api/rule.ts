import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { servedApi } from '../../view/releases/kubernetes-apis.ts';
import { isAtLeast } from '../../view/releases/versions.ts';

export const rule: Rule = {
  meta: {
    id: 'removed-kubernetes-api',
    family: 'releases',
    severity: 'error',
    description: "An object has an API version that the cluster's Kubernetes does not serve.",
    why: 'The API server refuses it, and with it the whole sync of its Application.',
    source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  },
  *cluster({ manifests, plan }) {
    const { version } = plan.kubernetes;
    for (const manifest of manifests) {
      const api = servedApi(manifest.apiVersion, manifest.kind);
      if (api?.removedIn === undefined || !isAtLeast(version, api.removedIn)) continue;
      yield {
        place: inManifest(manifest, 'apiVersion'),
        message: `Kubernetes ${version} does not serve \`${manifest.apiVersion}\` of ${describe(manifest)}`,
        label: `gone since ${api.removedIn}`,
        help: `use ${api.instead}`,
      };
    }
  },
};
