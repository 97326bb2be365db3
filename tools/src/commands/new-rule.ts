import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { print, type ExitCode } from '../console.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';
import { newRuleFiles, RULES } from '../workspace/rule-files.ts';
import { generateRules } from './generate-rules.ts';

export interface NewRuleOptions {
  readonly id: string;
  readonly family: string;
  readonly root?: string;
}

const FAMILIES = 'rings network storage kafka tenancy grafana alloy queries kubernetes gitops releases fleet'.split(
  ' ',
);

/** Makes the folder of a rule, with a sample that fires and one that does not, and brings the index up to date. */
export async function newRule({ id, family, root }: NewRuleOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(root);
  if (isProblem(workspace)) return workspace;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id) || id.length > 40)
    return problem(`\`${id}\` is no id of a rule`, 'name the bad thing in kebab-case, in at most 40 characters', 2);
  if (!FAMILIES.includes(family))
    return problem(`there is no family \`${family}\``, `choose one of ${FAMILIES.join(', ')}`, 2);
  const folder = join(workspace.root, RULES, id);
  if (existsSync(folder)) return problem(`${RULES}/${id} is there already`, 'edit it, or choose another id', 1);
  for (const [file, text] of newRuleFiles(id, family)) {
    const path = join(folder, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  print(`wrote ${RULES}/${id}: say there what the rule finds, then \`UPDATE=1 npx vitest run ${RULES} -t ${id}\``);
  return generateRules({ ...(root !== undefined && { root }) });
}
