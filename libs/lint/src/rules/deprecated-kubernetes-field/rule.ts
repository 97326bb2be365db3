import { get, WORKLOAD_KINDS, workloadOf, list, object, type Manifest, type Path } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

interface Deprecated {
  readonly path: Path;
  readonly instead: string;
}

const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

export const rule: Rule = {
  meta: {
    id: 'deprecated-kubernetes-field',
    family: 'releases',
    severity: 'warning',
    description: 'An object has a field, an annotation or a label that Kubernetes ignores, or is about to.',
    why: 'The object is accepted and the setting is not: a profile that is meant to confine a pod does not.',
    source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  },
  kinds: [...WORKLOAD_KINDS, 'Service'],
  *manifest(manifest) {
    for (const { path, instead } of manifest.kind === 'Service' ? ofService(manifest) : ofWorkload(manifest)) {
      yield {
        place: inManifest(manifest, ...path),
        message: `\`${path.join('.')}\` is deprecated`,
        help: instead,
      };
    }
  },
};

function ofService(manifest: Manifest): readonly Deprecated[] {
  const fields: readonly Deprecated[] = [
    { path: ['spec', 'externalIPs'], instead: 'use a Service of type LoadBalancer, or a Gateway' },
    {
      path: ['metadata', 'annotations', 'service.kubernetes.io/topology-aware-hints'],
      instead: 'use `spec.trafficDistribution`',
    },
    {
      path: ['metadata', 'annotations', 'service.alpha.kubernetes.io/tolerate-unready-endpoints'],
      instead: 'use `spec.publishNotReadyAddresses`',
    },
  ];
  return fields.filter(({ path }) => get(manifest.body, ...path) !== undefined);
}

function ofWorkload(manifest: Manifest): readonly Deprecated[] {
  const workload = workloadOf(manifest);
  if (workload === undefined) return [];
  const template = workload.podPath.slice(0, -1);
  const annotations = Object.keys(object(manifest.body, ...template, 'metadata', 'annotations'));
  const selectors = Object.keys(object(workload.pod, 'nodeSelector'));
  return [
    ...annotations
      .filter((key) => key === SECCOMP || key.startsWith(APPARMOR))
      .map((key) => ({
        path: [...template, 'metadata', 'annotations', key],
        instead: `use \`securityContext.${key === SECCOMP ? 'seccompProfile' : 'appArmorProfile'}\``,
      })),
    ...selectors
      .filter((key) => key.startsWith('beta.kubernetes.io/') || key.startsWith('failure-domain.beta.kubernetes.io/'))
      .map((key) => ({
        path: [...workload.podPath, 'nodeSelector', key],
        instead: 'use the label without `beta`, or of `topology.kubernetes.io`',
      })),
    ...list(workload.pod, 'volumes').flatMap((volume, index) =>
      get(volume, 'gitRepo') === undefined
        ? []
        : [{ path: [...workload.podPath, 'volumes', index, 'gitRepo'], instead: 'fetch in an init container' }],
    ),
  ];
}
