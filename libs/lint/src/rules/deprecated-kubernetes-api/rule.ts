import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { servedApi } from '../../view/releases/kubernetes-apis.ts';
import { isAtLeast } from '../../view/releases/versions.ts';

export const rule: Rule = {
  meta: {
    id: 'deprecated-kubernetes-api',
    family: 'releases',
    severity: 'warning',
    description: "An object has an API version or a kind that the cluster's Kubernetes warns of.",
    why: 'It works until the cluster is upgraded, and then not at all; kinds that nobody maintains are no longer watched either.',
    source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  },
  *cluster({ manifests, plan }) {
    const { version } = plan.kubernetes;
    for (const manifest of manifests) {
      const api = servedApi(manifest.apiVersion, manifest.kind);
      if (api === undefined || !isAtLeast(version, api.deprecatedIn)) continue;
      if (api.removedIn !== undefined && isAtLeast(version, api.removedIn)) continue;
      yield {
        place: inManifest(manifest, 'kind'),
        message: `${describe(manifest)} is deprecated since Kubernetes ${api.deprecatedIn}`,
        ...(api.removedIn !== undefined && { label: `gone in ${api.removedIn}` }),
        help: `use ${api.instead}`,
      };
    }
  },
};
