import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { allows, rulesOf } from '../../view/rights.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'escalating-role',
    family: 'kubernetes',
    severity: 'error',
    description: 'A role lets its bearer gain more rights than it has.',
    why: 'To read Secrets, to run commands in pods, to bind or change roles, or to make tokens is to be whoever has the most rights there.',
    source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  },
  kinds: ['Role', 'ClusterRole'],
  *manifest(manifest) {
    for (const { rule: granted, index } of rulesOf(manifest)) {
      const way = WAYS.find(({ resources, verbs }) => allows(granted, resources, verbs));
      if (way === undefined) continue;
      yield {
        place: inManifest(manifest, 'rules', index, 'resources'),
        message: `${describe(manifest)} lets its bearer ${way.what}`,
        help: 'take it away, or name the few objects in `resourceNames`',
      };
    }
  },
};

/** Resources and verbs by which one right becomes many. */
const WAYS = [
  { what: 'read Secrets', resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
  { what: 'run commands in pods', resources: ['pods/exec', 'pods/attach'], verbs: ['create', 'get'] },
  { what: 'reach into nodes', resources: ['nodes/proxy'], verbs: ['get', 'create'] },
  { what: 'make tokens of others', resources: ['serviceaccounts/token'], verbs: ['create'] },
  {
    what: 'give roles',
    resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
    verbs: ['create', 'update', 'patch', 'bind', 'escalate'],
  },
] as const;
