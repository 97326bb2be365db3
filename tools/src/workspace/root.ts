import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { problem, type Problem } from './problem.ts';

export interface Workspace {
  readonly root: string;
  /** `repository.url` of package.json: where Argo CD reads, unless a spec names another. */
  readonly repository: string;
}

/** The checkout to work on: the one this program lies in, unless another is named. */
export function openWorkspace(root: string | undefined): Workspace | Problem {
  const folder = root === undefined ? join(import.meta.dirname, '../../..') : resolve(root);
  const path = join(folder, 'package.json');
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    return problem(`there is no package.json in ${folder}`, 'name the folder of a checkout with --root');
  if (statSync(join(folder, 'clusters'), { throwIfNoEntry: false })?.isDirectory() !== true)
    return problem(`there is no folder clusters/ in ${folder}`, 'name the folder of a checkout with --root');
  const manifest = parseJson(readFileSync(path, 'utf8'));
  if (manifest === undefined) return problem('package.json is not JSON', 'repair it');
  const repository = repositoryUrl(manifest);
  if (repository === undefined)
    return problem(
      'package.json does not say where this repository is',
      'set `repository.url` to the address that Argo CD reads',
    );
  return { root: folder, repository };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function repositoryUrl(manifest: unknown): string | undefined {
  if (typeof manifest !== 'object' || manifest === null || !('repository' in manifest)) return undefined;
  const { repository } = manifest;
  if (
    typeof repository === 'object' &&
    repository !== null &&
    'url' in repository &&
    typeof repository.url === 'string'
  )
    return repository.url;
  return undefined;
}
