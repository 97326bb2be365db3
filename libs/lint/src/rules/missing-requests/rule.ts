import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-requests',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A container asks for no CPU or no memory.',
    why: 'The scheduler takes it for nothing: the node fills up, and this pod is the first to go.',
    source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      const missing = ['cpu', 'memory'].filter((each) => get(body, 'resources', 'requests', each) === undefined);
      if (missing.length === 0) continue;
      yield {
        place: inManifest(manifest, ...path, 'resources', 'requests', missing[0] ?? ''),
        message: `container \`${name}\` asks for no ${missing.join(' and no ')}`,
        help: 'add `resources.requests`; `nx run tools:plan` says how much for the programs of the stack',
      };
    }
  },
};
