import type { Kustomize } from '@lgtm-fleet/render';
import { foldersOf } from '../commands/render.ts';
import { nameOf, setAside } from './checkout.ts';
import { buildAll, measureInChild, median, timed } from './processes.ts';

const ROUNDS = 3;

export const generateHead = [
  'clusters',
  'folders',
  'start s',
  'generate s',
  'render s',
  'kustomize s',
  'generate/kustomize',
  'whole/kustomize',
  'peak MiB',
  's a cluster',
] as const;

/** Generates and renders, against bare Kustomize of the very same overlays. One row of the table. */
export async function generateRow(root: string, clusters: number, kustomize: Kustomize): Promise<readonly string[]> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    setAside(root, round);
    const own = await measureInChild('generate', root);
    const folders = Array.from({ length: clusters }, (_, index) => foldersOf(root, nameOf(index))).flat();
    rounds.push({ ...own, folders: folders.length, kustomize: await timed(() => buildAll(root, folders, kustomize)) });
  }
  const generate = median(rounds, (round) => round.generateSeconds);
  const render = median(rounds, (round) => round.secondSeconds);
  const bare = median(rounds, (round) => round.kustomize);
  return [
    String(clusters),
    String(rounds[0]?.folders ?? 0),
    median(rounds, (round) => round.startSeconds).toFixed(2),
    generate.toFixed(2),
    render.toFixed(2),
    bare.toFixed(2),
    (generate / bare).toFixed(3),
    ((generate + render) / bare).toFixed(3),
    Math.max(...rounds.map((round) => round.peakMiB)).toFixed(0),
    ((generate + render) / clusters).toFixed(2),
  ];
}
