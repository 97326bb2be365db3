import { ARGOCD_NAMESPACE, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { argocdPatches } from '@lgtm-fleet/overlay';
import type { Plan } from '@lgtm-fleet/plan';
import { findKustomize, render, type Kustomize } from '@lgtm-fleet/render';
import { stringify } from '@lgtm-fleet/yaml';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';

export async function kustomize(): Promise<Kustomize | Problem> {
  const found = await findKustomize(process.env);
  return found.ok ? found.kustomize : problem(found.error.message, found.error.help);
}

/** The objects that a folder builds to. */
export async function build(program: Kustomize, folder: string): Promise<readonly ClusterObject[] | Problem> {
  const rendered = await render(program, folder);
  if (!rendered.ok) return problem(rendered.error.message, rendered.error.help, 1);
  return documents(rendered.manifests);
}

export function documents(text: string): readonly ClusterObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as ClusterObject | null)
    .filter((object) => object !== null);
}

/**
 * Argo CD's own manifests with our patches, built as the Application `<cluster>-argocd` will build them later.
 * @param path a file, or a folder for Kustomize; the pinned file of the internet unless given
 */
export async function argocdManifests(
  plan: Plan,
  program: Kustomize,
  path: string | undefined,
): Promise<readonly ClusterObject[] | Problem> {
  const upstream = path === undefined ? await download(plan) : await local(program, path);
  if (isProblem(upstream)) return upstream;
  const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-argocd-'));
  try {
    writeFileSync(join(folder, 'install.yaml'), upstream);
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: ARGOCD_NAMESPACE,
        resources: ['install.yaml'],
        patches: argocdPatches(plan).map(({ target, patch }) => ({ target: { ...target }, patch })),
      }),
    );
    const objects = await build(program, folder);
    if (isProblem(objects)) return objects;
    const { tag } = plan.releases['argo-cd'];
    const text = JSON.stringify(objects);
    // `latest` is what a folder of a branch names.
    if (!/argocd:(v\d|latest)/.test(text))
      return problem(`${path ?? 'the file'} holds no Argo CD`, 'name manifests/cluster-install of its repository', 1);
    if (!text.includes(`argocd:${tag}`))
      return problem(`${path ?? 'the file'} is not Argo CD ${tag}`, `check out the tag ${tag} of its repository`, 1);
    return objects;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function local(program: Kustomize, path: string): Promise<string | Problem> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return problem(
      `there is nothing at ${path}`,
      "name a file, or a folder such as a checkout's manifests/cluster-install",
    );
  if (!stat.isDirectory()) return readFileSync(path, 'utf8');
  const rendered = await render(program, resolve(path));
  return rendered.ok ? rendered.manifests : problem(rendered.error.message, rendered.error.help, 1);
}

async function download(plan: Plan): Promise<string | Problem> {
  const { tag, manifests } = plan.releases['argo-cd'];
  const offline = `without a way to the internet, check out ${tag} of the repository of Argo CD elsewhere and name --argocd-manifests PATH`;
  if (manifests === undefined)
    return problem(`no checksum is pinned for Argo CD ${tag}, so nothing is downloaded`, offline, 1);
  let bytes: Uint8Array;
  try {
    const answer = await fetch(manifests.url, { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) return problem(`${manifests.url} answered ${String(answer.status)}`, offline, 1);
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return problem(`${manifests.url} cannot be downloaded: ${cause}`, offline, 1);
  }
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum !== manifests.sha256)
    return problem(
      `${manifests.url} is not what was tested: its SHA-256 is ${sum}, and ${manifests.sha256} is pinned`,
      'do not install it; something between here and there changes files, or the tag was moved',
      1,
    );
  return new TextDecoder().decode(bytes);
}
