import { number, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'low-user-id',
    family: 'kubernetes',
    severity: 'info',
    description: 'A container runs as a user that the node may have too.',
    why: "Should it get out, it is that user there, with that user's files.",
    source: 'https://aquasecurity.github.io/trivy-checks/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    const workload = workloadOf(manifest);
    if (workload === undefined) return;
    const holders = [
      { value: workload.pod, path: workload.podPath },
      ...workload.containers.map(({ body, path }) => ({ value: body, path })),
    ];
    for (const { value, path } of holders) {
      const user = number(value, 'securityContext', 'runAsUser');
      // Root has a rule of its own; 65534 is nobody everywhere.
      if (user === undefined || user === 0 || user >= 10_000) continue;
      yield {
        place: inManifest(manifest, ...path, 'securityContext', 'runAsUser'),
        message: `it runs as user ${String(user)}, which nodes give to users of their own`,
        help: 'take an id of 10000 or more, if the image runs with any',
      };
    }
  },
};
