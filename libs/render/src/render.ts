import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Kustomize } from './kustomize.ts';
import { run, type Run } from './run.ts';
import { openStarter } from './starter.ts';

/** What `kustomize build` of one folder gave. */
export type Rendered =
  | {
      readonly ok: true;
      /** The manifests: YAML documents parted by `---`. */
      readonly manifests: string;
      /** One for each line that Kustomize wrote beside them: a deprecated field, for one. */
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly error: Diagnostic };

/** Builds one folder, with no flags, as Argo CD does by default. */
export async function render(kustomize: Kustomize, folder: string, start: Run = run): Promise<Rendered> {
  const file = `${folder.replace(/\/+$/, '')}/kustomization.yaml`;
  const ended = await start(kustomize.command, [...kustomize.args, folder]);
  if (ended.failure !== undefined) {
    const help = await outdated(kustomize);
    const reason = withoutClock(ended.stderr.trim()).replace(/^error: /i, '') || ended.failure;
    return {
      ok: false,
      error: {
        id: 'kustomize-failed',
        severity: 'error',
        message: `Kustomize cannot build this folder: ${reason}`,
        file,
        ...(help === undefined ? {} : { help }),
      },
    };
  }
  const lines = ended.stderr.split('\n').filter((line) => line.trim() !== '');
  const warnings = lines.map((line): Diagnostic => {
    return { id: 'kustomize-warning', severity: 'warning', message: line.replace(/^# Warning: /, ''), file };
  });
  return { ok: true, manifests: ended.stdout, warnings };
}

/** kubectl starts a line with `E1122 21:53:05.000000   12345 run.go:72] "command failed" err="…"`: another each time. */
function withoutClock(text: string): string {
  return text.replaceAll(/^[IWEF]\d{4} [\d:.]+ +\d+ \S+\] /gm, '');
}

/**
 * Builds many folders, at most `parallelism` at the same time; the results stand in the order of the
 * folders, whichever is built first.
 *
 * @param onRendered called after each, for a progress line
 */
export async function renderAll(
  kustomize: Kustomize,
  folders: readonly string[],
  parallelism: number,
  onRendered?: (folder: string, rendered: Rendered) => void,
): Promise<readonly Rendered[]> {
  const results: Rendered[] = [];
  const starter = folders.length < MANY ? undefined : openStarter();
  const queue = (await longestFirst(folders)).values();
  const worker = async (): Promise<void> => {
    // All workers share one iterator, so each folder is taken once.
    for (const [index, folder] of queue) {
      const rendered = await render(kustomize, folder, starter?.run);
      results[index] = rendered;
      onRendered?.(folder, rendered);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(parallelism, folders.length)) }, worker));
  } finally {
    starter?.close();
  }
  return results;
}

/** From as many folders on a starter of programs takes less time than it saves. */
const MANY = 40;

/**
 * Where each folder stands in the list, those first that will likely take longest, so that none of these is left
 * to run alone at the end. What a kustomization names is what Kustomize must read, so its length tells.
 */
async function longestFirst(folders: readonly string[]): Promise<(readonly [number, string])[]> {
  const sizes = await Promise.all(
    folders.map((folder) =>
      stat(join(folder, 'kustomization.yaml')).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return [...folders.entries()].sort(([left], [right]) => (sizes[right] ?? 0) - (sizes[left] ?? 0));
}

/** Before version 5 Kustomize lacks fields that the bases use; nobody asks until something fails. */
async function outdated(kustomize: Kustomize): Promise<string | undefined> {
  const args = kustomize.args[0] === 'kustomize' ? ['version', '--client'] : ['version'];
  const { stdout } = await run(kustomize.command, args);
  const version = /(?:Kustomize Version: |kustomize\/|^)v(\d+)\.\d+\.\d+/m.exec(stdout);
  if (version === null || Number(version[1]) >= 5) return undefined;
  return `${kustomize.command} is older than Kustomize 5; install a newer one or set KUSTOMIZE to it`;
}
