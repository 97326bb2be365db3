import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { join as joinUrl } from 'node:path/posix';
import { parse, type ClusterSpec } from '@lgtm-fleet/spec';
import { loadFleet } from '../workspace/clusters.ts';
import { isProblem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';
import { planOf } from '../workspace/tree.ts';

/** The pages of the repository, for the tests that hold them against the code. */

const workspace = openWorkspace(undefined);
if (isProblem(workspace)) throw new Error(workspace.message);
export const { root, repository } = workspace;

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => joinUrl(folder, path.replaceAll('\\', '/')));

/** Not the runbooks, which are templates: runbooks.test.ts looks at them as each cluster has them. */
const isGuide = (page: string): boolean => !page.startsWith('docs/runbooks/') || page === 'docs/runbooks/README.md';
export const guides: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...markdownIn('docs').filter(isGuide).toSorted(),
];
const baseReadmes = ['base/README.md', ...readdirSync(join(root, 'base')).map((name) => `base/${name}/README.md`)]
  .filter((path) => existsSync(join(root, path)))
  .toSorted();
export const pages: readonly string[] = [...guides, ...baseReadmes];

export interface Fence {
  readonly language: string;
  /** What follows the language: the path of a sample. */
  readonly path: string;
  readonly text: string;
}

const FENCE = /^```(\w*)[ ]?(.*)\n([^]*?)^```$/gm;

export const fencesOf = (page: string): readonly Fence[] => fencesIn(read(page));

export function fencesIn(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(FENCE)].map(([, language = '', path = '', text = '']) => ({ language, path, text }));
}

/** A page without its fenced blocks, where a bracket is no link. */
export const proseOf = (page: string): string => read(page).replaceAll(FENCE, '');

/** The anchors of a page, as GitHub makes them. */
export const slugsOf = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

export interface Target {
  readonly command: string;
}

/** Nx targets of the tools, by name. */
export const toolTargets: Readonly<Record<string, Target>> = (
  JSON.parse(read('tools/project.json')) as { targets: Record<string, Target> }
).targets;

/** The example clusters, and their plans. */
export const specs: readonly ClusterSpec[] = loadFleet(root).clusters.map(({ cluster }) => cluster);
export const plans = specs.map((cluster) => planOf({ cluster, fleet: specs, repository }));

/** A cluster of this spec, written in flow style. */
export function sample(spec: string): ClusterSpec {
  const parsed = parse({
    path: 'clusters/sample/cluster.yaml',
    text: `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata: { name: sample }\nspec: { ${spec} }\n`,
  });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value.cluster;
}
