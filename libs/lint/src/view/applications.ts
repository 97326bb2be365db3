import { list, text, type Manifest } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** The Application that syncs a folder of the repository. */
export function applicationOf(cluster: ClusterView, folder: string): Manifest | undefined {
  return cluster.ofKind('Application').find((application) => pathOf(application) === folder);
}

export function pathOf(application: Manifest): string | undefined {
  return text(application.body, 'spec', 'source', 'path');
}

/** The project of an Application, where it is rendered. */
export function projectOf(cluster: ClusterView, application: Manifest): Manifest | undefined {
  return cluster.find('AppProject', text(application.body, 'spec', 'project') ?? 'default');
}

/** True where the Application syncs this repository, not a third party's. */
export function isOurs(cluster: ClusterView, application: Manifest): boolean {
  return text(application.body, 'spec', 'source', 'repoURL') === cluster.plan.repository.url;
}

/** The options by which an Application syncs: `PruneLast=true`. */
export function syncOptions(application: Manifest): readonly string[] {
  return list(application.body, 'spec', 'syncPolicy', 'syncOptions').filter((option) => typeof option === 'string');
}

/** The sync wave of an object, by its annotation; 0 where it says nothing. */
export function waveOf(manifest: Manifest): number {
  return Number(text(manifest.body, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave') ?? '0');
}
