import { clusterJsonSchema } from '@lgtm-fleet/spec';
import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { print, type ExitCode } from '../console.ts';
import { locked } from '../workspace/lock.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

export interface GenerateSchemaOptions {
  readonly check?: boolean;
  readonly root?: string;
}

const SCHEMA = 'schemas/cluster.schema.json';

/**
 * Writes the JSON Schema by which editors complete cluster.yaml, from the schema that reads it; with `check` says
 * whether it is fresh. Apart from `generate-overlay`, since no cluster file changes it.
 */
export async function generateSchema(options: GenerateSchemaOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const { root } = workspace;
  const path = join(root, SCHEMA);
  if ([dirname(path), path].some((each) => lstatSync(each, { throwIfNoEntry: false })?.isSymbolicLink() === true))
    return problem(
      `${SCHEMA} is reached through a symbolic link`,
      'make it a file in a folder; nothing is written through a link',
    );
  const text = `${JSON.stringify(clusterJsonSchema(), null, 2)}\n`;
  const fresh = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path, 'utf8') === text;
  if (fresh) {
    print(`${SCHEMA}: fresh`);
    return 0;
  }
  if (options.check === true)
    return problem(`${SCHEMA} is stale`, 'run `nx run tools:generate-schema` and commit the result', 1);
  return await locked(root, () => {
    // Beside the journal, so that a kill leaves nothing in the tree.
    const part = join(root, '.cache/lgtm-fleet/cluster.schema.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(part, text);
    renameSync(part, path);
    print(`${SCHEMA}: written`);
    return 0;
  });
}
