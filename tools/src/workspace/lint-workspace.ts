import { formatDiagnostic, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { linter, rules, type Finding } from '@lgtm-fleet/lint';
import { findKustomize } from '@lgtm-fleet/render';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import { complain, type ExitCode } from '../console.ts';
import { readBuild, renderInTurn, type Build } from './builds.ts';
import { openBase } from './lint-base.ts';
import { lintReader } from './lint-input.ts';
import { openClusters } from './open.ts';
import { isProblem, type Problem } from './problem.ts';

export interface LintScope {
  readonly cluster?: string;
  /** A revision of git that the clusters are compared with. */
  readonly base?: string;
  readonly root?: string;
}

export interface Linted {
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly sourceOf: (file: string) => string | undefined;
  /** How many rendered resources there were. */
  readonly resources: number;
  /** Time behind Kustomize. */
  readonly seconds: number;
}

/** Renders and lints the clusters of a checkout; with a base, also compares. */
export async function lintWorkspace(options: LintScope): Promise<Linted | ExitCode | Problem> {
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) {
    complain(formatDiagnostic(kustomize.error));
    return 2;
  }
  const { root, repository } = opened.workspace;
  const clusters = opened.clusters.map(({ cluster }) => cluster);
  const fleet = opened.fleet.clusters.map(({ cluster }) => cluster);
  const base = options.base === undefined ? undefined : await openBase(root, options.base);
  if (isProblem(base)) return base;
  const head = lintReader({ root, repository, clusters, fleet });
  const { add, findings } = linter(rules);
  const faults: Finding[] = [];
  let resources = 0;
  let seconds = 0;
  const timed = <T>(work: () => T): T => {
    const start = performance.now();
    const done = work();
    seconds += (performance.now() - start) / 1000;
    return done;
  };
  try {
    const groups = clusters.map((cluster) => {
      const { name } = cluster.metadata;
      const now = foldersOf(root, name).map((folder) => join(root, folder));
      return { of: cluster, folders: [...now, ...(base?.foldersOf(name) ?? [])] };
    });
    for await (const { of: cluster, rendered } of renderInTurn(groups, kustomize.kustomize)) {
      const buildOf = (folder: string): Build | undefined => {
        const text = rendered.get(join(root, folder));
        if (text === undefined) return undefined;
        const build = readBuild(folder, text);
        faults.push(...build.faults.map(unreadable));
        resources += build.manifests.length;
        return build;
      };
      timed(() => {
        const before = base?.read(cluster.metadata.name, rendered);
        add({ ...head.read(cluster, buildOf), ...(before !== undefined && { base: before }) });
      });
    }
  } finally {
    base?.close();
  }
  const found = timed(() => findings(head.sources));
  return { root, findings: [...faults, ...found], sourceOf: head.sources.read, resources, seconds };
}

function unreadable({ id, severity, message, file, help, span }: Diagnostic): Finding {
  const cluster = file.split('/')[1];
  return {
    rule: id,
    severity,
    message,
    file,
    clusters: cluster === undefined ? [] : [cluster],
    ...(help !== undefined && { help }),
    ...(span !== undefined && { span }),
  };
}
