import type { Plan } from '@lgtm-fleet/plan';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { ARGOCD_NAMESPACE, IN_CLUSTER, labels, sourceOf } from './argocd-objects.ts';
import { header } from './header.ts';
import { argocdClusterKinds, argocdKinds, clusterKinds, namespacedKinds, type Kind } from './kinds.ts';
import { thirdParties } from './third-parties.ts';

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
    repositories: [plan.repository.url, ...thirdParties(plan).map(({ release }) => sourceOf(plan, release).repoURL)],
    namespaces: plan.components.map(({ namespace }) => namespace),
    clusterKinds: clusterKinds(plan),
    kinds: namespacedKinds(plan),
  });
  return stringify(value, {
    header: header(plan, 'What the Applications of this cluster may read and write; nothing is a wildcard.'),
    comments: {
      'spec/sourceRepos': 'This repository, and those of the third-party manifests.',
      'spec/clusterResourceWhitelist': 'Kinds without a namespace that some component has.',
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

function project(plan: Plan, { name, description, repositories, namespaces, clusterKinds, kinds }: Project): YamlValue {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name,
      namespace: ARGOCD_NAMESPACE,
      annotations: { 'argocd.argoproj.io/sync-wave': '-20' },
      labels: labels(plan),
    },
    spec: {
      description,
      sourceRepos: [...new Set(repositories)].toSorted(),
      destinations: [...new Set(namespaces)].toSorted().map((namespace) => ({ server: IN_CLUSTER, namespace })),
      clusterResourceWhitelist: clusterKinds.map((kind) => ({ ...kind })),
      namespaceResourceWhitelist: kinds.map((kind) => ({ ...kind })),
    },
  };
}
