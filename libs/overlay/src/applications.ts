import type { ComponentPlan, Plan } from '@lgtm-fleet/plan';
import type { ReleaseName } from '@lgtm-fleet/releases';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { header } from './header.ts';
import { clusterKinds, namespacedKinds } from './kinds.ts';
import type { FileTree } from './types.ts';

const IN_CLUSTER = 'https://kubernetes.default.svc';
const ARGOCD_NAMESPACE = 'argocd';

/** Third-party manifests: synced from their own repositories at the pinned tag, never copied here. */
interface ThirdParty {
  readonly name: string;
  readonly release: ReleaseName;
  readonly why: string;
}

/**
 * Files of `clusters/<cluster>/` that Argo CD syncs.
 * @param inputsOf the folders and files outside a component's overlay that its rendering reads, from the repository's root
 */
export function applicationFiles(plan: Plan, inputsOf: (component: ComponentPlan) => readonly string[]): FileTree {
  const folder = `clusters/${plan.cluster}`;
  const files = new Map<string, string>();
  const foreign = thirdParties(plan);
  const names = [
    'project.yaml',
    ...foreign.map(({ name }) => `${name}.yaml`),
    ...plan.components.map(({ name }) => `${name}.yaml`),
  ];
  files.set(
    `${folder}/kustomization.yaml`,
    stringify(
      {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: ARGOCD_NAMESPACE,
        resources: names.map((name) => `applications/${name}`),
      },
      {
        header: header(
          plan,
          `What the root Application of ${plan.cluster} syncs: its project and one Application for each component.`,
        ),
      },
    ),
  );
  files.set(`${folder}/applications/project.yaml`, project(plan, foreign));
  for (const party of foreign) files.set(`${folder}/applications/${party.name}.yaml`, foreignApplication(plan, party));
  for (const component of plan.components)
    files.set(`${folder}/applications/${component.name}.yaml`, application(plan, component, inputsOf(component)));
  return files;
}

export function thirdParties(plan: Plan): readonly ThirdParty[] {
  return [
    {
      name: 'prometheus-operator-crds',
      release: 'prometheus-operator-crds',
      why: 'ServiceMonitor and PodMonitor, which Alloy reads; the operator itself is not used.',
    },
    ...(plan.exposure === undefined
      ? []
      : [
          {
            name: 'gateway-api-crds',
            release: 'gateway-api-crds',
            why: 'HTTPRoute, by which Grafana and the push gateway are reached.',
          } as const,
        ]),
  ];
}

function project(plan: Plan, foreign: readonly ThirdParty[]): string {
  const repositories = [plan.repository.url, ...foreign.flatMap(({ release }) => repositoryOf(plan, release).url)];
  const value: YamlValue = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: plan.cluster,
      annotations: { 'argocd.argoproj.io/sync-wave': '-20' },
      labels: labels(plan),
    },
    spec: {
      description: `Everything that LGTM Fleet runs on ${plan.cluster}`,
      sourceRepos: [...new Set(repositories)].toSorted(),
      destinations: [...new Set(plan.components.map(({ namespace }) => namespace))]
        .toSorted()
        .map((namespace) => ({ server: IN_CLUSTER, namespace })),
      clusterResourceWhitelist: clusterKinds(plan).map((kind) => ({ ...kind })),
      namespaceResourceWhitelist: namespacedKinds(plan).map((kind) => ({ ...kind })),
    },
  };
  return stringify(value, {
    header: header(plan, 'What the Applications of this cluster may read and write; nothing is a wildcard.'),
    comments: {
      'spec/sourceRepos': 'This repository, and those of the third-party manifests.',
      'spec/clusterResourceWhitelist': 'Kinds without a namespace that some component has.',
    },
  });
}

function application(plan: Plan, component: ComponentPlan, inputs: readonly string[]): string {
  const stateful = component.workloads.some(({ kind }) => kind === 'StatefulSet');
  const scaled = component.workloads.some(({ maxReplicas }) => maxReplicas !== undefined);
  const value: YamlValue = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${plan.cluster}-${component.name}`,
      annotations: {
        'argocd.argoproj.io/sync-wave': String(component.wave),
        'argocd.argoproj.io/manifest-generate-paths': ['.', ...inputs.map(generatePath)].join(';'),
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true,IncludeMutationWebhook=true',
      },
      labels: { ...labels(plan), 'app.kubernetes.io/component': component.name },
    },
    spec: {
      project: plan.cluster,
      source: {
        repoURL: plan.repository.url,
        targetRevision: plan.repository.revision,
        path: `overlays/${plan.cluster}/${component.name}`,
      },
      destination: { server: IN_CLUSTER, namespace: component.namespace },
      syncPolicy: syncPolicy(['ApplyOutOfSyncOnly=true', 'RespectIgnoreDifferences=true']),
      revisionHistoryLimit: 5,
    },
  };
  const why = [
    `The component ${component.name}. No finalizer: deleting the Application leaves what it made in place${stateful ? ', data above all' : ''}.`,
    ...(scaled ? ['Autoscaled workloads have no replicas in git, so there is nothing to fight over.'] : []),
  ].join('\n');
  return stringify(value, {
    header: header(plan, why),
    comments: {
      'metadata/annotations/argocd.argoproj.io~1manifest-generate-paths':
        'What the rendering reads, and no more: a commit elsewhere does not render it again.',
    },
  });
}

/** Files of the folder itself: a folder alone would mean all below it, unused variants and READMEs among them. */
function generatePath(folder: string): string {
  return folder.startsWith('base/') ? `/${folder}/*.yaml` : `/${folder}`;
}

function foreignApplication(plan: Plan, { name, release, why }: ThirdParty): string {
  const { url, path } = repositoryOf(plan, release);
  const value: YamlValue = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${plan.cluster}-${name}`,
      annotations: {
        'argocd.argoproj.io/sync-wave': '-10',
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
      },
      labels: { ...labels(plan), 'app.kubernetes.io/component': name },
    },
    spec: {
      project: plan.cluster,
      source: { repoURL: url, targetRevision: plan.releases[release].tag, path },
      destination: { server: IN_CLUSTER, namespace: plan.components[0]?.namespace ?? 'monitoring' },
      // Removing a definition removes every object of its kind, so it is never pruned unasked.
      syncPolicy: syncPolicy(['Prune=confirm', 'Delete=confirm']),
      revisionHistoryLimit: 5,
    },
  };
  return stringify(value, { header: header(plan, why) });
}

/** Server-side apply, since some objects outgrow the annotation of a client-side one; prune last, share nothing. */
function syncPolicy(more: readonly string[]): YamlValue {
  return {
    automated: { prune: true, selfHeal: true },
    syncOptions: [
      'ServerSideApply=true',
      'PruneLast=true',
      'FailOnSharedResource=true',
      'CreateNamespace=false',
      ...more,
    ],
    retry: { limit: 10, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
  };
}

function repositoryOf(plan: Plan, release: ReleaseName): { readonly url: string; readonly path: string } {
  const { repository } = plan.releases[release];
  if (repository === undefined) throw new Error(`release ${release} names no repository`);
  return repository;
}

function labels(plan: Plan): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/instance': plan.cluster,
    'app.kubernetes.io/part-of': 'lgtm-fleet',
    'app.kubernetes.io/managed-by': 'argocd',
  };
}
