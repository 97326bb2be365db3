import { dependencyWalk, renderAll, type Kustomize } from '@lgtm-fleet/render';
import { YAMLException } from 'js-yaml';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { cachedReader, fileFinder } from '../workspace/read.ts';

/**
 * A program like Kustomize that says again what Kustomize built of a folder of the examples, wherever every file that
 * the build reads is the same, byte by byte; it asks the real one for all else. Many tests look at the examples, most
 * change one file of them or none, and Kustomize takes more time than all that is done with what it builds.
 *
 * @returns the path of the program; what it knows lies beside it, and is kept for the next run
 */
export async function keepBuilds(root: string, kustomize: Kustomize, cache: string): Promise<string> {
  const kept = join(cache, identityOf(kustomize));
  const folders = globSync(['clusters/*/kustomization.yaml', 'overlays/*/*/kustomization.yaml'], { cwd: root })
    .map(dirname)
    .toSorted();
  const inputs = inputsOf(root);
  const stale = folders.flatMap((folder) => {
    const sums = inputs(folder);
    if (sums === undefined || knownSums(join(kept, folder))?.startsWith(sums) === true) return [];
    return [{ path: join(kept, folder), folder, sums }];
  });
  const built = await renderAll(
    kustomize,
    stale.map(({ folder }) => join(root, folder)),
    availableParallelism(),
  );
  stale.forEach(({ path, sums }, index) => {
    const result = built[index];
    // A failure or a warning is said by the real one, every time.
    if (result?.ok !== true || result.warnings.length > 0) return;
    const manifests = `${path}.yaml`;
    replace(manifests, result.manifests);
    replace(`${path}.sums`, `${sums}${sumOf(result.manifests)}  ${manifests}\n`);
  });
  const program = join(kept, 'kustomize');
  replace(program, script(kept, kustomize), 0o755);
  return program;
}

/** Another program may build something else. */
function identityOf({ command, args }: Kustomize): string {
  const { size, mtimeMs } = statSync(command);
  return sumOf([command, ...args, size, mtimeMs].join(' ')).slice(0, 16);
}

/** Every file that the build of a folder reads, with its hash, as `sha256sum` takes them; nothing of what is incomplete. */
function inputsOf(root: string): (folder: string) => string | undefined {
  const read = cachedReader(root);
  const walk = dependencyWalk(read, fileFinder(root));
  return (folder) => {
    try {
      const { files, missing } = walk(folder);
      if (missing.length > 0) return undefined;
      return files.map((file) => `${sumOf(readFileSync(join(root, file)))}  ${file}\n`).join('');
    } catch (error) {
      // Whoever lints or renders it will say so.
      if (error instanceof YAMLException) return undefined;
      throw error;
    }
  };
}

function knownSums(path: string): string | undefined {
  return existsSync(`${path}.sums`) && existsSync(`${path}.yaml`) ? readFileSync(`${path}.sums`, 'utf8') : undefined;
}

function sumOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Another run may read or write the same at this moment. */
function replace(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${String(process.pid)}`;
  writeFileSync(part, content, { mode });
  renameSync(part, path);
}

/** What was built is among the files whose hashes are checked: half of it would not be said. */
function script(kept: string, { command, args }: Kustomize): string {
  const version = args[0] === 'kustomize' ? 'version --client' : 'version';
  return `#!/bin/sh
[ "$1" = version ] && exec '${command}' ${version}
case $2 in
  */overlays/*/*) root=\${2%/overlays/*/*} ;;
  */clusters/*) root=\${2%/clusters/*} ;;
  *) exec '${command}' ${args.join(' ')} "$2" ;;
esac
kept='${kept}'/\${2#"$root"/}
if [ -f "$kept.sums" ] && (cd "$root" && sha256sum --check --status "$kept.sums") 2>/dev/null; then
  exec cat "$kept.yaml"
fi
exec '${command}' ${args.join(' ')} "$2"
`;
}
