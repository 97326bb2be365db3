import { engineRules, type RuleMeta } from '@lgtm-fleet/lint';

/** Where rules live, one folder a rule. */
export const RULES = 'libs/lint/src/rules';

/** What is written by hand of a rule's README: everything from this heading on. */
const BY_HAND = '## Incorrect';

export interface RuleFolder {
  readonly meta: RuleMeta;
  /** Its README as it is, or empty. */
  readonly readme: string;
}

/** `libs/lint/src/rules/index.ts`: it depends on nothing but the folders' names. */
export function ruleIndex(ids: readonly string[]): string {
  const imports = ids.map((id) => `import { rule as ${camel(id)} } from './${id}/rule.ts';`);
  const entries = ids.map((id) => `  ${camel(id)},`);
  return `// Generated from the folders here. Do not edit: run \`nx run tools:generate-rules\`.

import type { Rule } from '../types.ts';
${imports.join('\n')}

/** Every rule, by id. */
export const rules: readonly Rule[] = [
${entries.join('\n')}
];
`;
}

/** Everything that is made from the rules' `meta`: heads of their READMEs, pages and list of the docs. */
export function ruleFiles(folders: readonly RuleFolder[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { meta, readme } of folders) {
    const at = readme.indexOf(BY_HAND);
    const own = at < 0 ? '' : readme.slice(at);
    files.set(`${RULES}/${meta.id}/README.md`, `${head(meta)}\n${own}`);
    files.set(`docs/rules/${meta.id}.md`, `${head(meta)}\n${facts(meta)}\n${own}`);
  }
  for (const meta of engineRules) files.set(`docs/rules/${meta.id}.md`, `${head(meta)}\n${facts(meta)}`);
  files.set('docs/rules/README.md', list([...folders.map(({ meta }) => meta), ...engineRules]));
  return files;
}

function head({ id, description, why, source }: RuleMeta): string {
  const seen = source === undefined ? '' : `\n\nSource: ${/^https?:/.test(source) ? `<${source}>` : source}`;
  return `# ${id}\n\n${description}\n\n## Why\n\n${why}${seen}\n`;
}

function facts({ id, family, severity }: RuleMeta): string {
  const silence = `\`ignore.lgtm-fleet.dev/${id}: <reason>\``;
  return `Family \`${family}\`, severity \`${severity}\`. To accept a finding: ${silence} on the object, or \`spec.lint.suppress\` in the cluster file.\n`;
}

function list(metas: readonly RuleMeta[]): string {
  const families = Map.groupBy(metas, ({ family }) => family);
  const sections = [...families]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([family, own]) => {
      const rows = own
        .toSorted((left, right) => (left.id < right.id ? -1 : 1))
        .map(({ id, severity, description }) => `- [${id}](${id}.md) (${severity}): ${description}`);
      return `## ${family}\n\n${rows.join('\n')}\n`;
    });
  const intro = `${String(metas.length)} rules that \`nx run tools:lint\` knows, by family. Generated from the rules' own folders in \`${RULES}\`.`;
  return `# Rules\n\n${intro}\n\n${sections.join('\n')}`;
}

export function camel(id: string): string {
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const SAMPLE = (phase: string): string => `apiVersion: v1
kind: Service
metadata:
  name: sample
  namespace: observability
spec:
  type: ${phase}
`;

/** The folder of a rule that works: what it finds is for its author to say. */
export function newRuleFiles(id: string, family: string): ReadonlyMap<string, string> {
  const fenced = (sample: string): string => `\`\`\`yaml\n${sample}\`\`\`\n`;
  const [wrong, right] = [SAMPLE('NodePort'), SAMPLE('ClusterIP')];
  return new Map([
    [
      'rule.ts',
      `import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: '${id}',
    family: '${family}',
    severity: 'warning',
    description: 'A Service opens a port on every node.',
    why: 'Say what happens to those who ignore it.',
  },
  kinds: ['Service'],
  *manifest(manifest) {
    const type = text(manifest.body, 'spec', 'type');
    if (type !== 'NodePort') return;
    yield {
      place: inManifest(manifest, 'spec', 'type'),
      message: \`the Service is of type \\\`\${type}\\\`\`,
      help: 'say what to do instead',
    };
  },
};
`,
    ],
    [
      'README.md',
      `${BY_HAND}\n\n${fenced(wrong)}\n## Correct\n\n${fenced(right)}\n## When not to use it\n\nSay when.\n`,
    ],
    ['fixtures/invalid/on-every-node.yaml', wrong],
    ['fixtures/valid/inside.yaml', right],
  ]);
}
