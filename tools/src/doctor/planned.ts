import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { renderAll } from '@lgtm-fleet/render';
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import { documents, kustomize } from '../kubernetes/manifests.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';

/** Every object that a checkout has for a cluster, as Argo CD builds it. */
export async function plannedObjects(root: string, cluster: string): Promise<readonly ClusterObject[] | Problem> {
  const folders = foldersOf(root, cluster);
  if (folders.length === 0)
    return problem(
      `the generated files of ${cluster} are not there`,
      `run \`nx run tools:generate-overlay --cluster=${cluster}\`, commit and push`,
    );
  const program = await kustomize();
  if (isProblem(program)) return program;
  const rendered = await renderAll(
    program,
    folders.map((folder) => join(root, folder)),
    availableParallelism(),
  );
  const objects: ClusterObject[] = [];
  for (const result of rendered) {
    if (!result.ok) return problem(result.error.message, result.error.help);
    objects.push(...documents(result.manifests));
  }
  return objects;
}

/** The commit of a checkout; undefined where it is none, or git is not there. */
export async function revisionOf(root: string): Promise<string | undefined> {
  return await new Promise((resolve) => {
    execFile('git', ['-C', root, 'rev-parse', '--verify', 'HEAD'], { timeout: 5000 }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : undefined);
    });
  });
}
