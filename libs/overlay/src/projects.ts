import type { Plan } from '@lgtm-fleet/plan';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { ARGOCD_NAMESPACE, IN_CLUSTER, labels, sourceOf } from './argocd-objects.ts';
import { header } from './header.ts';
import { argocdClusterKinds, argocdKinds, clusterKinds, namespacedKinds, namespaces, type Kind } from './kinds.ts';
import { thirdPartyReleases } from './third-parties.ts';

interface Project {
  readonly name: string;
  readonly description: string;
  readonly repositories: readonly string[];
  readonly namespaces: readonly string[];
  readonly clusterKinds: readonly Kind[];
  readonly kinds: readonly Kind[];
}

/** The project of the root Application: it makes Applications and projects, and nothing else. */
export function rootProject(plan: Plan): YamlValue {
  return project(plan, {
    name: `${plan.cluster}-root`,
    description: `The Applications and projects of ${plan.cluster}`,
    repositories: [plan.repository.url],
    namespaces: [ARGOCD_NAMESPACE],
    clusterKinds: [],
    kinds: [
      { group: 'argoproj.io', kind: 'AppProject' },
      { group: 'argoproj.io', kind: 'Application' },
    ],
  });
}

/** The project of the components and of the third-party definitions that they need. */
export function componentsProject(plan: Plan): string {
  const value = project(plan, {
    name: plan.cluster,
    description: `Everything that LGTM Fleet runs on ${plan.cluster}`,
    repositories: [plan.repository.url, ...thirdPartyReleases.map((release) => sourceOf(plan, release).repoURL)],
    namespaces,
    clusterKinds,
    kinds: namespacedKinds,
  });
  return stringify(value, {
    header: header(
      plan,
      [
        'What the Applications of this cluster may read and write; nothing is a wildcard. It is the same on every',
        'cluster: what leaves the spec can only be pruned while the project still allows it.',
      ].join('\n'),
    ),
    comments: {
      'spec/sourceRepos': 'This repository, and those of the third-party manifests.',
      'spec/clusterResourceWhitelist': 'Kinds without a namespace that some component may have.',
    },
  });
}

/** The project of the Application by which Argo CD manages itself. */
export function argocdProject(plan: Plan): string {
  const value = project(plan, {
    name: `${plan.cluster}-argocd`,
    description: `Argo CD of ${plan.cluster} itself`,
    repositories: [sourceOf(plan, 'argo-cd').repoURL],
    namespaces: [ARGOCD_NAMESPACE],
    clusterKinds: argocdClusterKinds,
    kinds: argocdKinds,
  });
  const why = 'Argo CD manages itself in a project of its own: no component may write where it runs.';
  return stringify(value, { header: header(plan, why) });
}

function project(plan: Plan, own: Project): YamlValue {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: own.name,
      namespace: ARGOCD_NAMESPACE,
      annotations: { 'argocd.argoproj.io/sync-wave': '-20' },
      labels: labels(plan),
    },
    spec: {
      description: own.description,
      sourceRepos: [...new Set(own.repositories)].toSorted(),
      destinations: [...new Set(own.namespaces)].toSorted().map((namespace) => ({ server: IN_CLUSTER, namespace })),
      clusterResourceWhitelist: own.clusterKinds.map((kind) => ({ ...kind })),
      namespaceResourceWhitelist: own.kinds.map((kind) => ({ ...kind })),
    },
  };
}
