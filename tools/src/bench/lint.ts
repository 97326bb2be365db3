import type { Kustomize } from '@lgtm-fleet/render';
import { foldersOf } from '../commands/render.ts';
import { nameOf, setAside } from './checkout.ts';
import { conformAll, measureInChild, median, timed } from './processes.ts';

const ROUNDS = 3;

export const lintHead = [
  'clusters',
  'resources',
  'generate s',
  'render+lint s',
  'of it lint s',
  'lint s for 5,000',
  'kustomize|kubeconform s',
  'whole/that',
  'peak MiB',
] as const;

export interface LintPrograms {
  readonly kustomize: Kustomize;
  readonly kubeconform: string;
  /** Folder of the JSON schemas. */
  readonly schemas: string;
}

/** Generates, renders and lints, against Kustomize piped into kubeconform over the very same overlays. */
export async function lintRow(
  root: string,
  clusters: number,
  { kustomize, kubeconform, schemas }: LintPrograms,
): Promise<readonly string[]> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    setAside(root, round);
    const own = await measureInChild('lint', root);
    const folders = Array.from({ length: clusters }, (_, index) => foldersOf(root, nameOf(index))).flat();
    rounds.push({
      ...own,
      theirs: await timed(() => conformAll(root, folders, kustomize, kubeconform, schemas)),
    });
  }
  const generate = median(rounds, (round) => round.generateSeconds);
  const renderAndLint = median(rounds, (round) => round.secondSeconds);
  const lint = median(rounds, (round) => round.lintSeconds);
  const theirs = median(rounds, (round) => round.theirs);
  const resources = rounds[0]?.resources ?? 0;
  return [
    String(clusters),
    String(resources),
    generate.toFixed(2),
    renderAndLint.toFixed(2),
    lint.toFixed(2),
    ((lint * 5000) / resources).toFixed(2),
    theirs.toFixed(2),
    ((generate + renderAndLint) / theirs).toFixed(3),
    Math.max(...rounds.map((round) => round.peakMiB)).toFixed(0),
  ];
}
