import { text, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { quantityOf } from '@lgtm-fleet/units';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'limit-below-request',
    family: 'kubernetes',
    severity: 'error',
    description: 'A container asks for more than it may have.',
    why: 'The API server refuses the pod.',
    source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      for (const key of ['cpu', 'memory', 'ephemeral-storage']) {
        const [asked, may] = ['requests', 'limits'].map((each) => text(body, 'resources', each, key));
        if (asked === undefined || may === undefined) continue;
        const [request, limit] = [quantityOf(asked), quantityOf(may)];
        if (request === undefined || limit === undefined || request <= limit) continue;
        yield {
          place: inManifest(manifest, ...path, 'resources', 'limits', key),
          message: `container \`${name}\` asks for ${asked} of ${key}, and may have ${may}`,
          help: 'raise the limit, or ask for less',
        };
      }
    }
  },
};
