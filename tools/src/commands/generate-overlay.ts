import { visible } from '@lgtm-fleet/diagnostics';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { complain, print, printDiagnostics, progress, type ExitCode } from '../console.ts';
import { compare, orphans, type Changes } from '../workspace/changes.ts';
import { commit, recover, unfinished } from '../workspace/journal.ts';
import { locked } from '../workspace/lock.ts';
import { openClusters } from '../workspace/open.ts';
import { cachedReader, fileFinder } from '../workspace/read.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { readRulesByHand } from '../workspace/rules-by-hand.ts';

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
  const trees = opened.clusters.map(({ cluster }) => ({
    name: cluster.metadata.name,
    tree: clusterTree({ cluster, fleet: all, repository, readFile, walk, rules }),
  }));
  const gone = options.cluster === undefined ? orphans(root, fleet.names) : [];

  // Looked at without the lock first: where nothing can or need be done, not even the lock is written.
  const seen = compareAll(root, trees);
  if (isProblem(seen)) return seen;
  if (options.check === true) return report(root, seen, gone, options.cluster);
  const files = trees.reduce((sum, { tree }) => sum + tree.size, 0);
  const done = (what: string): ExitCode => {
    print(`${count(trees.length, 'cluster')}, ${count(files, 'file')}: ${what}`);
    return 0;
  };
  const fresh = seen.every(({ change }) => change.write.size === 0 && change.remove.length === 0);
  if (fresh && gone.length === 0 && unfinished(root).length === 0) return done('all fresh');
  return await locked(root, () => {
    recover(root);
    const changes = compareAll(root, trees);
    if (isProblem(changes)) return changes;
    const tell = progress(changes.length, 'clusters:');
    let written = 0;
    changes.forEach(({ name, change }, index) => {
      tell(index, name);
      commit(root, name, change);
      written += change.write.size + change.remove.length;
    });
    tell(changes.length, '');
    // No cluster can be called so.
    if (gone.length > 0) commit(root, 'removed clusters', { write: new Map(), remove: gone });
    return done(
      written + gone.length === 0
        ? 'all fresh'
        : `${String(written)} written or removed${gone.length === 0 ? '' : `, ${String(gone.length)} of removed clusters removed`}`,
    );
  });
}

interface NamedChanges {
  readonly name: string;
  readonly change: Changes;
}

/** All comparisons come before the first byte is written, so that a file in the way of one cluster stops all. */
function compareAll(
  root: string,
  trees: readonly { readonly name: string; readonly tree: ReadonlyMap<string, string> }[],
): readonly NamedChanges[] | Problem {
  const changes: NamedChanges[] = [];
  for (const { name, tree } of trees) {
    const change = compare(root, name, tree);
    if (isProblem(change)) return change;
    changes.push({ name, change });
  }
  return changes;
}

function report(
  root: string,
  changes: readonly NamedChanges[],
  gone: readonly string[],
  cluster: string | undefined,
): ExitCode | Problem {
  const stale = [
    ...unfinished(root).map((name) => `${name}: writing was cut off`),
    ...changes.flatMap(({ change }) => [
      ...[...change.write.keys()].map((path) => `${path} is ${existsSync(join(root, path)) ? 'stale' : 'missing'}`),
      ...change.remove.map((path) => `${path} should be gone`),
    ]),
    ...gone.map((path) => `${path} should be gone: its cluster is`),
  ];
  if (stale.length === 0) {
    print(`${count(changes.length, 'cluster')}: all fresh`);
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
