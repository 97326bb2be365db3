import { annotationsOf, list, text, type Json, type Manifest } from '@lgtm-fleet/manifests';

export function isApplication({ kind, apiVersion }: Pick<Manifest, 'kind' | 'apiVersion'>): boolean {
  return (kind === 'Application' || kind === 'ApplicationSet') && apiVersion.startsWith('argoproj.io/');
}

/** What an Application deploys: folder of the repository, or the repository and path of somebody else's. */
export function sourceOf(application: Manifest): string {
  const { body } = application;
  const path = text(body, 'spec', 'source', 'path') ?? '';
  return `${text(body, 'spec', 'source', 'repoURL') ?? ''}//${path}`;
}

/** Options of an Application, or of an annotation: `Prune=confirm` as key and value. */
export function syncOptions(body: Json | undefined): Readonly<Record<string, string>> {
  const own = list(body, 'spec', 'syncPolicy', 'syncOptions').filter((option) => typeof option === 'string');
  return read(own);
}

/** Options in the annotation of one object. */
export function annotatedOptions(manifest: Manifest | undefined): Readonly<Record<string, string>> {
  return manifest === undefined ? {} : read([annotationsOf(manifest)['argocd.argoproj.io/sync-options'] ?? '']);
}

export function read(options: readonly string[]): Readonly<Record<string, string>> {
  const pairs = options
    .flatMap((option) => option.split(','))
    .map((option) => option.trim().split('='))
    .map(([name = '', value = '']) => [name, value] as const);
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

/** Whether Argo CD waits for a person before it deletes an object. */
export function waits(manifest: Manifest | undefined): boolean {
  const options = annotatedOptions(manifest);
  return options['Prune'] === 'confirm' || options['Prune'] === 'false';
}
