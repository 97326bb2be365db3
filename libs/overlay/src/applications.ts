import type { ComponentPlan, Plan } from '@lgtm-fleet/plan';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { argocdApplication, rootFile } from './argocd.ts';
import { ARGOCD_NAMESPACE, IN_CLUSTER, labels, sourceOf, syncPolicy } from './argocd-objects.ts';
import { header } from './header.ts';
import { argocdProject, componentsProject } from './projects.ts';
import { thirdParties, type ThirdParty } from './third-parties.ts';
import type { FileTree } from './types.ts';

/**
 * Files of `clusters/<cluster>/` that Argo CD syncs.
 * @param inputsOf the folders and files outside a component's overlay that its rendering reads, from the repository's root
 */
export function applicationFiles(plan: Plan, inputsOf: (component: ComponentPlan) => readonly string[]): FileTree {
  const folder = `clusters/${plan.cluster}`;
  const files = new Map<string, string>();
  const foreign = thirdParties(plan);
  const own = plan.argocd.selfManaged;
  const names = [
    'project.yaml',
    ...(own ? ['argocd-project.yaml', 'argocd.yaml'] : []),
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
  files.set(`${folder}/root.yaml`, rootFile(plan));
  files.set(`${folder}/applications/project.yaml`, componentsProject(plan));
  if (own) {
    files.set(`${folder}/applications/argocd-project.yaml`, argocdProject(plan));
    files.set(`${folder}/applications/argocd.yaml`, argocdApplication(plan));
  }
  for (const party of foreign) files.set(`${folder}/applications/${party.name}.yaml`, foreignApplication(plan, party));
  for (const component of plan.components)
    files.set(`${folder}/applications/${component.name}.yaml`, application(plan, component, inputsOf(component)));
  return files;
}

function application(plan: Plan, component: ComponentPlan, inputs: readonly string[]): string {
  const cascades = isDisposable(component);
  const scaled = component.workloads.some(({ maxReplicas }) => maxReplicas !== undefined);
  const value: YamlValue = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${plan.cluster}-${component.name}`,
      ...(cascades && { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
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
      syncPolicy: syncPolicy(['PruneLast=true', 'ApplyOutOfSyncOnly=true', 'RespectIgnoreDifferences=true']),
      revisionHistoryLimit: 5,
    },
  };
  const why = [
    cascades
      ? `The component ${component.name}. It keeps no data, so what it made goes when the Application goes.`
      : `The component ${component.name}. No finalizer: deleting the Application leaves what it made in place, data above all.`,
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

/** Without volumes and without anything that others stand on: a component that can be removed and made again. */
function isDisposable({ name, workloads }: ComponentPlan): boolean {
  return (
    workloads.length > 0 && name !== 'namespaces' && workloads.every(({ volumeBytes }) => volumeBytes === undefined)
  );
}

/** Files of the folder itself: a folder alone would mean all below it, unused variants and READMEs among them. */
function generatePath(folder: string): string {
  return folder.startsWith('base/') ? `/${folder}/*.yaml` : `/${folder}`;
}

function foreignApplication(plan: Plan, { name, release, why }: ThirdParty): string {
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
      source: sourceOf(plan, release),
      destination: { server: IN_CLUSTER, namespace: plan.components[0]?.namespace ?? 'monitoring' },
      // Removing a definition removes every object of its kind, so it is never pruned unasked.
      syncPolicy: syncPolicy(['PruneLast=true', 'Prune=confirm', 'Delete=confirm']),
      revisionHistoryLimit: 5,
    },
  };
  return stringify(value, { header: header(plan, why) });
}
