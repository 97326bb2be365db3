import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Cleanup } from './cleanup.ts';
import type { Environment } from './environment.ts';
import { mustRun } from './programs.ts';
import { commitAll, startRepository } from './repository.ts';

/** A user's repository with one cluster, as Argo CD reads it. */
export interface Checkout {
  readonly root: string;
  readonly cluster: string;
  /** The address at which Argo CD reads it. */
  readonly url: string;
  /** What a person does: change the cluster file or a patch, generate, commit, push. */
  readonly change: (message: string, edits: readonly Edit[]) => Promise<void>;
  /** Rendered manifests, a file for each Application. */
  readonly render: () => Promise<readonly string[]>;
}

/** Sets a value of a hand-written file of the cluster; `undefined` takes the key away. */
export interface Edit {
  /** Within the folder of the cluster; `cluster.yaml` unless said. */
  readonly file?: string;
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

const REPOSITORY = join(import.meta.dirname, '../../..');
const FIXTURES = join(REPOSITORY, 'tools/fixtures/e2e');
const MAIN = join(REPOSITORY, 'tools/src/main.ts');

export async function cli(args: readonly string[], timeoutSeconds = 300): Promise<string> {
  return await mustRun(process.execPath, [MAIN, ...args], { timeoutSeconds });
}

/** A hand-written file after an edit; its comments stay. */
export function edited(text: string, { path, value }: Edit): string {
  const document = parseDocument(text);
  if (value === undefined) document.deleteIn(path);
  // A cluster file has no anchors: what is said twice is written twice.
  else document.setIn(path, document.createNode(value, { aliasDuplicateObjects: false }));
  return document.toString();
}

/**
 * Makes the repository of a fixture, generated and published.
 * @param edits what the fixture cannot know
 */
export async function checkOut(
  environment: Environment,
  cleanup: Cleanup,
  fixture: string,
  edits: readonly Edit[] = [],
): Promise<Checkout> {
  const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-e2e-'));
  cleanup.add(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const entry of ['base', 'package.json']) cpSync(join(REPOSITORY, entry), join(root, entry), { recursive: true });
  cpSync(join(FIXTURES, fixture), root, { recursive: true });
  const [cluster = ''] = readdirSync(join(root, 'clusters'));
  const name = `e2e-${fixture}`;
  writeFileSync(join(root, '.gitignore'), '.cache/\n');
  await startRepository(root);
  // Published once before anything is in it, since its address belongs into its files.
  await commitAll(root, 'start');
  const url = await environment.publish(root, name);
  const change: Checkout['change'] = async (message, edits) => {
    for (const { file = 'cluster.yaml', path, value } of edits) {
      const full = join(root, 'clusters', cluster, file);
      writeFileSync(full, edited(readFileSync(full, 'utf8'), { path, value }));
    }
    await cli(['generate-overlay', '--root', root]);
    await commitAll(root, message);
    await environment.publish(root, name);
  };
  const { mirror } = environment;
  await change('generate', [
    { path: ['spec', 'argocd', 'repository'], value: url },
    ...(mirror === undefined ? [] : [{ path: ['spec', 'argocd', 'mirror'], value: mirror }]),
    ...edits,
  ]);
  return {
    root,
    cluster,
    url,
    change,
    render: async () => {
      const output = join(root, '.cache/rendered');
      rmSync(output, { recursive: true, force: true });
      await cli(['render', '--root', root, '--output', output]);
      const folder = join(output, cluster);
      return readdirSync(folder).map((file) => join(folder, file));
    },
  };
}
