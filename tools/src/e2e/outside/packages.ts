import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramOptions } from '../programs.ts';

/** Runs a program to its end where Debian's archive can be reached. */
export type Run = (command: string, args: readonly string[], options?: ProgramOptions) => Promise<string>;

/**
 * Debian's packages, and those that they need and this machine lacks, unpacked below an empty folder. Nothing is
 * installed: no service starts, and the lists and the cache of the machine stay as they are.
 * @return a folder that looks like `/`
 */
export async function unpackPackages(run: Run, folder: string, packages: readonly string[]): Promise<string> {
  // Whom root becomes to download or to run a database has to get in.
  chmodSync(folder, 0o755);
  const [lists, cache, root] = [join(folder, 'lists'), join(folder, 'cache'), join(folder, 'root')];
  for (const path of [join(lists, 'partial'), join(cache, 'archives/partial'), root])
    mkdirSync(path, { recursive: true });
  const configuration = join(folder, 'apt.conf');
  writeFileSync(
    configuration,
    [
      `Dir::State::lists "${lists}";`,
      `Dir::Cache "${cache}";`,
      'Debug::NoLocking "true";',
      'Acquire::Retries "3";',
      // Images of containers empty the machine's own cache after each update.
      ...['Pre-Invoke', 'Post-Invoke', 'Post-Invoke-Success'].map((hook) => `#clear APT::Update::${hook};`),
      '',
    ].join('\n'),
  );
  const apt = (...args: readonly string[]): Promise<string> =>
    run('apt-get', [`--config-file=${configuration}`, '--quiet', ...args], { timeoutSeconds: 180 });
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', '--download-only', ...packages);
  const archives = readdirSync(join(cache, 'archives')).filter((name) => name.endsWith('.deb'));
  for (const archive of archives) await run('dpkg-deb', ['--extract', join(cache, 'archives', archive), root]);
  return root;
}
