import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Kustomize } from './kustomize.ts';

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

const timeoutMs = 120_000;
const maxManifestBytes = 256 * 1024 * 1024;

/** Builds one folder, with no flags, as Argo CD does by default. */
export async function render(kustomize: Kustomize, folder: string): Promise<Rendered> {
  const file = `${folder.replace(/\/+$/, '')}/kustomization.yaml`;
  const ended = await run(kustomize.command, [...kustomize.args, folder]);
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
  const build = async (folder: string): Promise<Rendered> => {
    const rendered = await render(kustomize, folder);
    onRendered?.(folder, rendered);
    return rendered;
  };
  for await (const { rendered } of renderGroups(build, [{ of: 'all', folders }], parallelism))
    return [...rendered.values()];
  return [];
}

/** Folders that are looked at together, and what they are the folders of. */
export interface FolderGroup<Of> {
  readonly of: Of;
  readonly folders: readonly string[];
}

export interface RenderedGroup<Of> {
  readonly of: Of;
  /** What each folder builds to, in the order of the folders. */
  readonly rendered: ReadonlyMap<string, Rendered>;
}

/**
 * Builds groups of folders, gives one group after another, and works ahead while a group is looked at: so far that
 * `parallelism` programs have work, and no further, for whoever asks may not want to hold the whole.
 */
export async function* renderGroups<Of>(
  build: (folder: string) => Promise<Rendered>,
  groups: readonly FolderGroup<Of>[],
  parallelism: number,
): AsyncGenerator<RenderedGroup<Of>> {
  const turn = turns(Math.max(1, parallelism));
  const renderGroup = async ({ of, folders }: FolderGroup<Of>): Promise<RenderedGroup<Of>> => {
    const started = new Map(
      (await longestFirst(folders)).map((folder) => [folder, turn(() => build(folder))] as const),
    );
    const rendered = new Map<string, Rendered>();
    for (const folder of folders) {
      const result = await started.get(folder);
      if (result !== undefined) rendered.set(folder, result);
    }
    return { of, rendered };
  };
  const ahead: Promise<RenderedGroup<Of>>[] = [];
  for (const group of groups) {
    ahead.push(renderGroup(group));
    const oldest = ahead.length > parallelism ? ahead.shift() : undefined;
    if (oldest !== undefined) yield oldest;
  }
  for (let oldest = ahead.shift(); oldest !== undefined; oldest = ahead.shift()) yield oldest;
}

/**
 * Those first that will likely take longest, so that none of these is left to run alone at the end. What a kustomization names is what Kustomize must read, so its length tells.
 */
async function longestFirst(folders: readonly string[]): Promise<readonly string[]> {
  const sized = await Promise.all(
    folders.map((folder) =>
      stat(join(folder, 'kustomization.yaml')).then(
        ({ size }) => ({ folder, size }),
        () => ({ folder, size: 0 }),
      ),
    ),
  );
  return sized.toSorted((left, right) => right.size - left.size).map(({ folder }) => folder);
}

/** Does at most so many things at the same time, in the order in which they are asked for. */
function turns(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not end well, where standard error does not say. */
  readonly failure?: string;
}

function run(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, maxBuffer: maxManifestBytes };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else if (error.killed === true)
        resolve({ stdout, stderr, failure: `it did not end within ${timeoutMs / 1000} s` });
      else resolve({ stdout, stderr, failure: error.message.split('\n')[0] ?? 'it failed' });
    });
  });
}

/** Before version 5 Kustomize lacks fields that the bases use; nobody asks until something fails. */
async function outdated(kustomize: Kustomize): Promise<string | undefined> {
  const args = kustomize.args[0] === 'kustomize' ? ['version', '--client'] : ['version'];
  const { stdout } = await run(kustomize.command, args);
  const version = /(?:Kustomize Version: |kustomize\/|^)v(\d+)\.\d+\.\d+/m.exec(stdout);
  if (version === null || Number(version[1]) >= 5) return undefined;
  return `${kustomize.command} is older than Kustomize 5; install a newer one or set KUSTOMIZE to it`;
}
