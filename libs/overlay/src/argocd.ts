import type { Plan } from '@lgtm-fleet/plan';
import { stringify, stringifyAll, type YamlValue } from '@lgtm-fleet/yaml';
import { ARGOCD_NAMESPACE, IN_CLUSTER, labels, sourceOf, syncPolicy } from './argocd-objects.ts';
import { header } from './header.ts';
import { rootProject } from './projects.ts';

/** A patch of Argo CD's own manifests, as Kustomize and an Application's source write it. */
export interface ArgocdPatch {
  readonly target: { readonly kind: string; readonly name: string };
  /** A strategic merge patch, as YAML. */
  readonly patch: string;
}

/**
 * Health of an Application as seen by the one above it: without it the root counts an Application as healthy as
 * soon as it exists, and no wave waits for the one before. Before its first sync it has nothing that could be ill, and
 * its first sync ends with its hooks: stores do not start before their buckets are made. After that, one that waits
 * for a person to confirm what it prunes does not hold up all others.
 */
const APPLICATION_HEALTH = `health = { status = "Progressing", message = "not synced yet" }
if obj.status ~= nil and obj.status.health ~= nil and obj.status.sync ~= nil then
  local before = obj.status.history ~= nil and #obj.status.history > 0
  local running = obj.status.operationState ~= nil and obj.status.operationState.phase == "Running"
  if before or (obj.status.sync.status == "Synced" and not running) then
    health.status = obj.status.health.status or "Progressing"
    health.message = obj.status.health.message or ""
  end
end
return health
`;

/**
 * An autoscaler that cannot measure leaves its workload at the least number of replicas, which is no illness of the
 * workload; one that cannot scale is.
 */
const AUTOSCALER_HEALTH = `health = { status = "Healthy", message = "" }
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.status == "False" then
      health.message = condition.message or ""
      if condition.type == "AbleToScale" then
        health.status = "Degraded"
      end
    end
  end
end
return health
`;

/**
 * What is ours in Argo CD: bootstrap installs it so, and the Application `<cluster>-argocd` keeps it so, from the
 * same list.
 */
export function argocdPatches({ argocd }: Pick<Plan, 'argocd'>): readonly ArgocdPatch[] {
  return [
    patch({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm' },
      data: {
        'timeout.reconciliation': `${String(argocd.pollSeconds)}s`,
        // So that many Applications do not ask all at once.
        'timeout.reconciliation.jitter': `${String(Math.ceil(argocd.pollSeconds / 2))}s`,
        'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
        'resource.customizations.health.autoscaling_HorizontalPodAutoscaler': AUTOSCALER_HEALTH,
      },
    }),
    // It reads the interval when it starts, so another interval starts it anew.
    patch({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'argocd-application-controller' },
      spec: {
        template: {
          metadata: {
            annotations: { 'lgtm-fleet.dev/poll-interval': `${String(argocd.pollSeconds)}s`, ...scrapedAt(8082) },
          },
        },
      },
    }),
    // Nothing is configured for these two; they would only take memory.
    ...['argocd-dex-server', 'argocd-notifications-controller'].map((name) =>
      patch({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas: 0 } }),
    ),
    patch({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'argocd-repo-server' },
      spec: { template: { metadata: { annotations: scrapedAt(8084) } } },
    }),
  ];
}

/** Its own policies let everybody in the cluster scrape it, and its containers declare these ports. */
function scrapedAt(port: number): Readonly<Record<string, string>> {
  return { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port) };
}

function patch(
  value: { readonly kind: string; readonly metadata: { readonly name: string } } & YamlObject,
): ArgocdPatch {
  return { target: { kind: value.kind, name: value.metadata.name }, patch: stringify(value) };
}

type YamlObject = Readonly<Record<string, YamlValue>>;

/** The Application by which Argo CD manages itself, at the pinned tag of its own repository. */
export function argocdApplication(plan: Plan): string {
  const patches = argocdPatches(plan);
  const value: YamlValue = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${plan.cluster}-argocd`,
      namespace: ARGOCD_NAMESPACE,
      annotations: {
        'argocd.argoproj.io/sync-wave': '-15',
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
      },
      labels: { ...labels(plan), 'app.kubernetes.io/component': 'argocd' },
    },
    spec: {
      project: `${plan.cluster}-argocd`,
      source: { ...sourceOf(plan, 'argo-cd'), kustomize: { patches: patches.map((entry) => ({ ...entry })) } },
      destination: { server: IN_CLUSTER, namespace: ARGOCD_NAMESPACE },
      // Removing its definitions would remove every Application, so nothing of it is pruned unasked.
      syncPolicy: syncPolicy(['PruneLast=true', 'Prune=confirm', 'Delete=confirm']),
      revisionHistoryLimit: 5,
    },
  };
  const why = [
    'Argo CD itself: bootstrap installs it, and from then on it keeps itself as this Application says.',
    'An upgrade is a change of the pinned tag.',
  ].join('\n');
  return stringify(value, {
    header: header(plan, why),
    comments: {
      'spec/source/kustomize/patches/0':
        'spec.argocd.pollInterval; a wave of Applications waits for the one before it; no metrics is no illness.',
      'spec/source/kustomize/patches/1':
        'The interval is read at the start; Alloy scrapes what it says of Applications.',
      'spec/source/kustomize/patches/2': 'Nothing is configured for sign-in by Dex or for notifications.',
      'spec/source/kustomize/patches/4': 'Alloy scrapes what it says of repositories.',
    },
  });
}

/** `clusters/<cluster>/root.yaml`: what bootstrap applies, and nobody syncs. */
export function rootFile(plan: Plan): string {
  const application: YamlValue = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: plan.cluster,
      namespace: ARGOCD_NAMESPACE,
      annotations: {
        'argocd.argoproj.io/manifest-generate-paths': '.',
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
      },
      labels: labels(plan),
    },
    spec: {
      project: `${plan.cluster}-root`,
      source: {
        repoURL: plan.repository.url,
        targetRevision: plan.repository.revision,
        path: `clusters/${plan.cluster}`,
      },
      destination: { server: IN_CLUSTER, namespace: ARGOCD_NAMESPACE },
      // Not `PruneLast`: it waits until all is healthy, and what is broken could not be removed.
      syncPolicy: syncPolicy([]),
      revisionHistoryLimit: 5,
    },
  };
  const why = [
    'The root: `nx run tools:bootstrap` applies it once, and it syncs the Applications beside it, wave by wave.',
    'It is not synced itself, so no commit can cut the branch that it sits on. No finalizer: deleting it deletes nothing.',
  ].join('\n');
  return stringifyAll([{ value: rootProject(plan) }, { value: application }], header(plan, why));
}
