import type { Rule } from '@lgtm-fleet/lint';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { print, type ExitCode } from '../console.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';
import { ruleFiles, ruleIndex, RULES, type RuleFolder } from '../workspace/rule-files.ts';

export interface GenerateRulesOptions {
  readonly check?: boolean;
  readonly root?: string;
}

/** Writes what follows from the rules' folders: the index, the heads of the READMEs, `docs/rules/`. */
export async function generateRules(options: GenerateRulesOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const { root } = workspace;
  const ids = readdirSync(join(root, RULES), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  const index = `${RULES}/index.ts`;
  const stale = changed(root, new Map([[index, ruleIndex(ids)]]), options.check === true);
  const folders: RuleFolder[] = [];
  for (const id of ids) {
    const path = join(root, RULES, id);
    if (!existsSync(join(path, 'rule.ts')))
      return problem(`${RULES}/${id} has no rule.ts`, 'write it, or remove the folder', 1);
    const { rule } = (await import(pathToFileURL(join(path, 'rule.ts')).href)) as { readonly rule: Rule };
    const readme = join(path, 'README.md');
    folders.push({ meta: rule.meta, readme: existsSync(readme) ? readFileSync(readme, 'utf8') : '' });
  }
  const files = ruleFiles(folders);
  stale.push(...changed(root, files, options.check === true));
  const docs = join(root, 'docs/rules');
  for (const name of existsSync(docs) ? readdirSync(docs) : []) {
    if (files.has(`docs/rules/${name}`)) continue;
    stale.push(`docs/rules/${name}`);
    if (options.check !== true) rmSync(join(docs, name));
  }
  if (options.check === true && stale.length > 0)
    return problem(
      `not as the rules say: ${stale.join(', ')}`,
      'run `nx run tools:generate-rules` and commit the result',
      1,
    );
  print(
    `${String(ids.length)} rules: ${stale.length === 0 ? 'all fresh' : `${String(stale.length)} written or removed`}`,
  );
  return 0;
}

/** The files that are not as they should be; written unless only checked. */
function changed(root: string, files: ReadonlyMap<string, string>, check: boolean): string[] {
  const stale: string[] = [];
  for (const [file, text] of files) {
    const path = join(root, file);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    stale.push(file);
    if (check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return stale;
}
