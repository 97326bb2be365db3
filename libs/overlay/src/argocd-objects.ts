import type { Plan } from '@lgtm-fleet/plan';
import type { ReleaseName } from '@lgtm-fleet/releases';
import type { YamlValue } from '@lgtm-fleet/yaml';

/** What all of a cluster's Applications and AppProjects share. */

export const IN_CLUSTER = 'https://kubernetes.default.svc';
export const ARGOCD_NAMESPACE = 'argocd';

/** Server-side apply, since some objects outgrow the annotation of a client-side one; share nothing. */
export function syncPolicy(more: readonly string[]): YamlValue {
  return {
    automated: { prune: true, selfHeal: true },
    syncOptions: ['ServerSideApply=true', 'FailOnSharedResource=true', 'CreateNamespace=false', ...more],
    retry: { limit: 10, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
  };
}

/** Where a third-party release is synced from: its own repository or the spec's mirror of it, at the pinned tag. */
export function sourceOf(
  plan: Plan,
  release: ReleaseName,
): { readonly repoURL: string; readonly targetRevision: string; readonly path: string } {
  const { repository, tag } = plan.releases[release];
  if (repository === undefined) throw new Error(`release ${release} names no repository`);
  const { mirror } = plan.argocd;
  const name = repository.url.slice(repository.url.lastIndexOf('/') + 1);
  return {
    repoURL: mirror === undefined ? repository.url : `${mirror}/${name}`,
    targetRevision: tag,
    path: repository.path,
  };
}

export function labels(plan: Plan): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/instance': plan.cluster,
    'app.kubernetes.io/part-of': 'lgtm-fleet',
    'app.kubernetes.io/managed-by': 'argocd',
  };
}
