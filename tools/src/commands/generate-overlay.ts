import { visible } from '@lgtm-fleet/diagnostics';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { complain, print, printDiagnostics, type ExitCode } from '../console.ts';
import { compare, orphans } from '../workspace/changes.ts';
import { unfinished } from '../workspace/journal.ts';
import { openClusters } from '../workspace/open.ts';
import { cachedReader, fileFinder } from '../workspace/read.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { readRulesByHand } from '../workspace/rules-by-hand.ts';
import { writeTrees, type ClusterFiles } from '../workspace/write-trees.ts';

export interface GenerateOptions {
  readonly cluster?: string;
  readonly check?: boolean;
  readonly root?: string;
}

/** Writes what the specs say, or with `check` says what is not as they say and writes nothing. */
export async function generateOverlay(options: GenerateOptions): Promise<ExitCode | Problem> {
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const { fleet } = opened;
  const { root, repository } = opened.workspace;

  // Loaded when the specs are right: who mistyped a key should not wait for all that makes overlays.
  const { clusterTree, planOf } = await import('../workspace/tree.ts');
  const { rulesByHand } = await import('@lgtm-fleet/resources');
  const { dependencyWalk } = await import('@lgtm-fleet/render/dependencies');
  const all: readonly ClusterSpec[] = fleet.clusters.map(({ cluster }) => cluster);
  const readFile = cachedReader(root);
  const rules = (name: string) => readRulesByHand(root, name);
  const wrong = opened.clusters.flatMap(({ cluster }) => {
    const files = rules(cluster.metadata.name);
    return files.length === 0 ? [] : rulesByHand(planOf({ cluster, fleet: all, repository }), files).diagnostics;
  });
  if (wrong.length > 0) {
    const texts = wrong.map(({ file }) => [file, readFile(file) ?? ''] as const);
    printDiagnostics(wrong, new Map(texts));
    return 1;
  }
  const walk = dependencyWalk(readFile, fileFinder(root));
  const clusters: readonly ClusterFiles[] = opened.clusters.map(({ cluster }) => ({
    name: cluster.metadata.name,
    tree: () => clusterTree({ cluster, fleet: all, repository, readFile, walk, rules }),
  }));
  const gone = options.cluster === undefined ? orphans(root, fleet.names) : [];
  if (options.check === true) return check(root, clusters, gone, options.cluster);
  const written = await writeTrees(root, clusters, gone);
  if (isProblem(written)) return written;
  const { files, changed } = written;
  const what = [
    changed + gone.length === 0 ? 'all fresh' : `${String(changed)} written or removed`,
    ...(gone.length === 0 ? [] : [`${String(gone.length)} of removed clusters removed`]),
  ];
  print(`${count(clusters.length, 'cluster')}, ${count(files, 'file')}: ${what.join(', ')}`);
  return 0;
}

/** Says what is not as the specs say. */
function check(
  root: string,
  clusters: readonly ClusterFiles[],
  gone: readonly string[],
  cluster: string | undefined,
): ExitCode | Problem {
  const stale = unfinished(root).map((name) => `${name}: writing was cut off`);
  for (const { name, tree } of clusters) {
    const changes = compare(root, name, tree());
    if (isProblem(changes)) return changes;
    for (const path of changes.write.keys())
      stale.push(`${path} is ${existsSync(join(root, path)) ? 'stale' : 'missing'}`);
    for (const path of changes.remove) stale.push(`${path} should be gone`);
  }
  for (const path of gone) stale.push(`${path} should be gone: its cluster is`);
  if (stale.length === 0) {
    print(`${count(clusters.length, 'cluster')}: all fresh`);
    return 0;
  }
  const shown = stale.slice(0, 20);
  complain(
    [
      ...shown.map(visible),
      ...(stale.length > shown.length ? [`and ${String(stale.length - shown.length)} more`] : []),
    ].join('\n'),
  );
  return problem(
    `${count(stale.length, 'generated file')} not as the specs say`,
    `run \`nx run tools:generate-overlay${cluster === undefined ? '' : ` --cluster=${cluster}`}\` and commit the result`,
    1,
  );
}

function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}
