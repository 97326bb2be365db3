import { mustRun } from './programs.ts';

/** A git repository whose commits are the same wherever they are made. */
export async function startRepository(folder: string): Promise<void> {
  await mustRun('git', ['init', '--quiet', '--initial-branch=main', folder]);
  await mustRun('git', ['-C', folder, 'config', 'user.name', 'LGTM Fleet']);
  await mustRun('git', ['-C', folder, 'config', 'user.email', 'e2e@lgtm-fleet.invalid']);
}

export async function commitAll(folder: string, message: string): Promise<void> {
  await mustRun('git', ['-C', folder, 'add', '--all']);
  await mustRun('git', ['-C', folder, 'commit', '--quiet', '--allow-empty', '--message', message]);
}
