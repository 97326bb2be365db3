import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTree } from '@lgtm-fleet/overlay';
import type { Plan } from '@lgtm-fleet/plan';
import { dependencyWalk } from '@lgtm-fleet/render';
import { checkFleet, parse } from '@lgtm-fleet/spec';
import { clusterTree, planOf } from '../workspace/tree.ts';
import { fencesOf, read, repository, root, type Fence } from './pages.ts';
import type { Section } from './sections.ts';

/** The examples of part 4: each is read, planned and generated as a part of the cluster that the page begins with. */

export const PAGE = 'docs/4-ingest-external-metrics.md';
export const HUB = 'clusters/harbour/cluster.yaml';

const isYaml = ({ language, path }: Fence): boolean => language === 'yaml' && path.startsWith('clusters/');
const base = fencesOf(PAGE).find(({ path }) => path === HUB)?.text ?? '';

/** An example, and what the command says to it where it is a wrong one: the block right after it. */
export interface Example {
  readonly path: string;
  readonly text: string;
  readonly fault?: string;
}

export function examplesIn({ fences }: Section): readonly Example[] {
  return fences.flatMap((fence, index) => {
    if (!isYaml(fence)) return [];
    const next = fences[index + 1];
    const wrong = next?.language === 'text' && next.path === '';
    return [{ path: fence.path, text: fence.text, ...(wrong && { fault: next.text }) }];
  });
}

/** Excerpts of generated files: what stands between lines of three dots is there in a row. */
export function excerptsIn({
  fences,
}: Section): readonly { readonly path: string; readonly parts: readonly string[] }[] {
  return fences
    .filter(({ path }) => path.startsWith('overlays/'))
    .map(({ path, text }) => ({ path, parts: text.split(/^ *(?:\/\/|#) …\n/m) }));
}

/** Cluster files by path: the one of the page with parts at the end of its `spec`, and whole ones. */
export function filesOf(examples: readonly Example[]): ReadonlyMap<string, string> {
  const parts = examples.filter(({ path }) => path === `${HUB}#spec`).map(({ text }) => text);
  const whole = examples
    .filter(({ path }) => path !== HUB && !path.includes('#'))
    .map(({ path, text }) => [path, text] as const);
  return new Map([[HUB, base + together(parts)], ...whole]);
}

/** Lists of several blocks under the keys that they share, as a person would put them into one file. */
function together(blocks: readonly string[]): string {
  const lists = new Map<string, string>();
  for (const block of blocks) {
    const [, list = '', entries = ''] = /^ingest:\n {2}(\w+):\n([^]*)$/.exec(block) ?? [];
    if (list === '') throw new Error(`a block is a list of \`ingest\`, and this is none:\n${block}`);
    lists.set(list, (lists.get(list) ?? '') + entries);
  }
  if (lists.size === 0) return '';
  const text = ['ingest:\n', ...[...lists].map(([list, entries]) => `  ${list}:\n${entries}`)].join('');
  return text.replaceAll(/^(?=.)/gm, '  ');
}

export interface Generated {
  /** By the name of the cluster. */
  readonly plans: ReadonlyMap<string, Plan>;
  readonly files: FileTree;
}

/** Everything that is generated for these cluster files together. */
export function generate(texts: ReadonlyMap<string, string>): Generated {
  const parsed = [...texts].map(([path, text]) => {
    const one = parse({ path, text });
    if (!one.ok) throw new Error(one.diagnostics.map(({ message }) => message).join('\n'));
    return one.value;
  });
  const faults = checkFleet(parsed).map(({ message }) => message);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const fleet = parsed.map(({ cluster }) => cluster);
  const readFile = (path: string): string | undefined =>
    path.endsWith('.yaml') && existsSync(join(root, path)) ? read(path) : undefined;
  const walk = dependencyWalk(readFile);
  return {
    plans: new Map(fleet.map((cluster) => [cluster.metadata.name, planOf({ cluster, fleet, repository })])),
    files: new Map(fleet.flatMap((cluster) => [...clusterTree({ cluster, fleet, repository, readFile, walk })])),
  };
}
