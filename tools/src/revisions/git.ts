import { visible } from '@lgtm-fleet/diagnostics';
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';

/** What a revision is read for; the rest of it is never written to disk. */
const READ = ['base', 'clusters', 'overlays', 'package.json'];
const MAX_NAME = 255;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Writes a revision of a checkout below an empty folder, and touches neither the working tree nor the index nor
 * anything else of the repository: it is read into an index of its own, which is thrown away.
 *
 * @param root folder of the checkout; it may lie within a larger repository
 * @returns the commit, as 40 or 64 hexadecimal digits
 */
export async function writeRevision(root: string, revision: string, folder: string): Promise<string | Problem> {
  const commit = await resolveCommit(root, revision);
  if (isProblem(commit)) return commit;
  const top = await git(root, ['rev-parse', '--show-toplevel']);
  // The tree of this very folder, which need not be the top of the repository.
  const tree = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:./`]);
  if (!top.ok || !tree.ok)
    return problem(
      `the revision ${visible(revision)} does not have this folder`,
      'name a revision in which this checkout is where it is now',
    );
  const index = join(folder, '..', `index-${commit}`);
  const env = { GIT_INDEX_FILE: index };
  mkdirSync(folder, { recursive: true });
  try {
    const cwd = top.text.trim();
    const steps = [await git(cwd, ['read-tree', tree.text.trim()], env)];
    const listed = await git(cwd, ['ls-files', '-z', '--', ...READ], env);
    const write = ['checkout-index', '--quiet', '-z', '--stdin', `--prefix=${folder}/`];
    steps.push(listed, await git(cwd, write, env, listed.text));
    const failed = steps.find(({ ok }) => !ok);
    return failed === undefined ? commit : problem(`git cannot read ${visible(revision)}: ${firstLine(failed.error)}`);
  } finally {
    rmSync(index, { force: true });
  }
}

/** A revision is a name that somebody gave: it can be anything, and must never be an option of git. */
async function resolveCommit(root: string, revision: string): Promise<string | Problem> {
  const shown = visible(revision.slice(0, 80));
  if (
    revision === '' ||
    revision.length > MAX_NAME ||
    revision.startsWith('-') ||
    /[\s\u0000-\u001f\u007f]/.test(revision)
  )
    return problem(`'${shown}' cannot be a revision`, 'name a branch, a tag or a commit');
  const inside = await git(root, ['rev-parse', '--is-inside-work-tree']);
  if (inside.missing) return problem('there is no git on PATH', 'install git; diff reads revisions with it');
  if (!inside.ok)
    return /dubious ownership/.test(inside.error)
      ? problem('git does not trust this folder, which belongs to somebody else', firstLine(inside.error))
      : problem(`${root} is in no git repository`, 'run it in a clone, or name one with --root');
  const found = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  const commit = found.text.trim();
  if (found.ok && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  return problem(
    `there is no revision '${shown}' in this repository`,
    'fetch it (`git fetch origin`); a shallow clone has the last commits only',
  );
}

interface Said {
  readonly ok: boolean;
  readonly text: string;
  readonly error: string;
  /** True where there is no such program. */
  readonly missing: boolean;
}

function git(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Said> {
  return new Promise((resolve) => {
    // Without optional locks git leaves the index of the working tree as it is.
    const own = { ...withoutPlace(process.env), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...env };
    const child = spawn('git', args, { cwd, env: own, stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let size = 0;
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
      else child.kill();
    });
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString('utf8').slice(0, 4000)));
    child.on('error', (failure: NodeJS.ErrnoException) => {
      resolve({ ok: false, text: '', error: failure.message, missing: failure.code === 'ENOENT' });
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, text: Buffer.concat(chunks).toString('utf8'), error, missing: false });
    });
    // It may have ended before it read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Within a hook git says by these which repository it works on; this program was told by its folder. */
function withoutPlace(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const placed = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !placed.includes(name)));
}

function firstLine(text: string): string {
  return visible(text.trim().split('\n')[0] ?? '').slice(0, 200);
}
