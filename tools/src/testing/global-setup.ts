import { findKustomize } from '@lgtm-fleet/render';
import { delimiter, join } from 'node:path';
import { keepBuilds } from './kept-builds.ts';

const ROOT = join(import.meta.dirname, '../../..');

/**
 * Before all tests, Kustomize is fetched where this machine has none, and builds the examples: once, and not by many at
 * a time, each waiting for the other.
 */
export async function setup(): Promise<void> {
  // With the programs of other tests, for Kustomize alone starts in a third of the time that kubectl takes.
  const folders = [process.env['PATH'], process.env['PROGRAMS']].filter((folder) => folder !== undefined);
  const found = await findKustomize({ ...process.env, PATH: folders.join(delimiter) });
  if (!found.ok) throw new Error(`${found.error.message}; ${found.error.help ?? ''}`);
  // The program is a shell script.
  if (process.platform === 'win32') return;
  process.env['KUSTOMIZE'] = await keepBuilds(ROOT, found.kustomize, join(ROOT, '.cache/built-for-tests'));
}
