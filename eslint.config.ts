import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import eslint from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The straight line. A library may import those to its left; the tools may import them all. */
const libraries: readonly string[] = [
  'units',
  'diagnostics',
  'yaml',
  'alloy',
  'queries',
  'spec',
  'releases',
  'plan',
  'runbooks',
  'alerts',
  'dashboards',
  'resources',
  'overlay',
  'bootstrap',
  'doctor',
  'render',
  'schemas',
  'manifests',
  'reachability',
  'lint',
  'diff',
  'report',
  'imports',
];
for (const name of readdirSync(join(import.meta.dirname, 'libs'))) {
  if (!libraries.includes(name))
    throw new Error(`libs/${name} has no place in the list of libraries in eslint.config.ts`);
}

/** The libraries that are edges: they may read files and start programs. */
const edges: readonly string[] = ['render'];

const outside = ['fs', 'child_process', 'process', 'os', 'net', 'http', 'https', 'worker_threads', 'timers'];

/** The one file that knows the model of Grafana's dashboards. */
const SDK = 'libs/dashboards/src/sdk.ts';

/** `import …` of these is an error: what stands to the right, the tools, and for pure libraries the world. */
function restrictedImports(library: string, others: readonly object[] = [sdk]): Linter.RuleEntry {
  const at = libraries.indexOf(library);
  const left = libraries.slice(0, at).join(', ');
  const right = libraries.slice(at + 1).map((name) => `@lgtm-fleet/${name}`);
  const self = `@lgtm-fleet/${library}`;
  const world = edges.includes(library) ? [] : outside.flatMap((name) => [name, `node:${name}`]);
  const patterns = [
    {
      group: [...right, ...right.map((name) => `${name}/*`), '@lgtm-fleet/tools', '@lgtm-fleet/tools/*'],
      message: `libs/${library} may import only libraries to its left: ${left || 'there is none'}.`,
    },
    {
      group: [self, `${self}/*`, ...libraries.map((name) => `**/${name}/src/**`), '**/tools/src/**'],
      message: 'Import a file of the same library by a relative path, another library by its name.',
    },
    ...world.map((name) => ({
      group: [name, `${name}/*`],
      message: `libs/${library} is pure: values in, values out. Only ${edges.join(', ')} and the tools touch the world.`,
    })),
  ];
  return ['error', { patterns: [...patterns, ...others] }];
}

const sdk = { group: ['@grafana/*'], message: `Only ${SDK} names the SDK of Grafana: import what it exports.` };

const layers = libraries.map((library) => ({
  name: `lgtm-fleet/layers/${library}`,
  files: [`libs/${library}/src/**/*.ts`],
  ignores: ['**/*.test.ts', '**/testing/**', '**/testing.ts'],
  rules: { 'no-restricted-imports': restrictedImports(library) },
}));

const pure: Linter.Config = {
  name: 'lgtm-fleet/pure',
  files: libraries.filter((name) => !edges.includes(name)).map((name) => `libs/${name}/src/**/*.ts`),
  ignores: ['**/*.test.ts', '**/testing/**', '**/testing.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'performance'].map((name) => ({
        name,
        message: 'A pure library neither reads the environment nor prints nor waits.',
      })),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'What is generated must not depend on the clock.' },
      { object: 'Math', property: 'random', message: 'What is generated must not depend on chance.' },
    ],
  },
};

/** What Node's type stripping cannot run, and what the house does without. */
const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings: Node strips types and cannot run an enum.' },
  { selector: 'TSModuleDeclaration', message: 'Use a module: Node strips types and cannot run a namespace.' },
  { selector: 'TSParameterProperty', message: 'Node strips types and cannot run a parameter property.' },
];
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' };

export default defineConfig(
  { ignores: ['node_modules/', '.nx/', 'coverage/', '**/fixtures/**'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    name: 'lgtm-fleet/all',
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-restricted-syntax': ['error', ...syntax, noDefaultExport],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A number says itself in one way only; `${value}` of anything else stays an error.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
      // `const { status, ...rest }` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // What is shown to people has its control characters taken out, by expressions that must name them.
      'no-control-regex': 'off',
    },
  },
  ...layers,
  {
    name: 'lgtm-fleet/sdk',
    files: [SDK],
    rules: { 'no-restricted-imports': restrictedImports('dashboards', []) },
  },
  pure,
  {
    name: 'lgtm-fleet/generated',
    files: ['libs/lint/src/rules/index.ts', 'libs/queries/src/catalogues/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    name: 'lgtm-fleet/tests',
    files: ['**/*.test.ts'],
    rules: {
      'max-lines': ['error', { max: 500 }],
      // A test says what it knows: the element is there, or the test fails.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // It walks rendered manifests, whose shape nobody declared.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    name: 'lgtm-fleet/configuration',
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntax] },
  },
);
