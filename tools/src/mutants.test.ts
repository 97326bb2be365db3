import { lint, rules, type ClusterInput, type Finding, type LintInput } from '@lgtm-fleet/lint';
import { findKustomize, dependencyWalk, renderAll, type Kustomize } from '@lgtm-fleet/render';
import { load } from 'js-yaml';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldersOf } from './commands/render.ts';
import { addFixtureClusters } from './testing/fixture-clusters.ts';
import { checkout, renderExamples } from './testing/rendered.ts';
import { changedLines, lineOf } from './testing/changed-lines.ts';
import { loadFleet } from './workspace/clusters.ts';
import { readBuild, type Build } from './workspace/builds.ts';
import { lintReader } from './workspace/lint-input.ts';
import { cachedReader } from './workspace/read.ts';

/** One fault that is put into an example or a cluster of the fixtures, and the rule that must find it. */
interface Mutant {
  readonly fault: string;
  /** The example that is linted with it. */
  readonly cluster: string;
  readonly file: string;
  /** Stands once in the file; absent: the file is new, and nothing but the fault. */
  readonly find?: string;
  readonly replace: string;
  readonly by: string;
  /** The right place, where it is not the line that was changed. */
  readonly at?: { readonly file?: string; readonly text: string };
}

const FIXTURES = join(import.meta.dirname, '../fixtures/mutants');
const REPOSITORY = 'https://github.com/lgtm-fleet/lgtm-fleet.git';
const mutants = readdirSync(FIXTURES).flatMap(
  (name) => load(readFileSync(join(FIXTURES, name), 'utf8')) as readonly Mutant[],
);
const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-mutants-'));
const caught: string[] = [];
const missed: string[] = [];
const killers = new Set<string>();
let kustomize: Kustomize;
let sound: ReadonlyMap<string, Build>;
let before: readonly ClusterInput[];

beforeAll(async () => {
  for (const part of ['base', 'clusters', 'overlays', 'package.json'])
    cpSync(join(checkout(), part), join(root, part), { recursive: true });
  const others = addFixtureClusters(root).flatMap((name) => foldersOf(root, name));
  const found = await findKustomize(process.env);
  if (!found.ok) throw new Error(found.error.message);
  kustomize = found.kustomize;
  const examples = (await renderExamples()).flatMap(({ folders }) => [...folders]);
  sound = new Map([
    ...examples.map(([folder, result]) => [folder, readBuild(folder, result)] as const),
    ...(await build(others)),
  ]);
  const specs = loadFleet(root).clusters.map(({ cluster }) => cluster);
  const { read } = lintReader({ root, repository: REPOSITORY, clusters: specs, fleet: specs });
  before = specs.map((spec) => read(spec, (folder) => sound.get(folder)));
}, 120_000);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('single faults in the examples', () => {
  test('each has a name of its own', () => {
    const names = mutants.map(({ fault }) => fault);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(mutants)('$fault', async (mutant) => {
    const path = join(root, mutant.file);
    const { find } = mutant;
    expect(existsSync(path), `${mutant.file} is there unless it is new`).toBe(find !== undefined);
    const before = find === undefined ? '' : readFileSync(path, 'utf8');
    if (find !== undefined) expect(before.split(find).length - 1, `\`find\` stands once in ${mutant.file}`).toBe(1);
    const after = find === undefined ? mutant.replace : before.replace(find, () => mutant.replace);
    expect(after).not.toBe(before);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, after);
    try {
      const input = await mutatedInput(mutant);
      const right = rightPlace(mutant, before, after);
      // One rule is a fraction of the work of all, which are asked where it is silent.
      const own = rules.filter(({ meta }) => meta.id === mutant.by);
      if (lint(input, own).some((finding) => finding.rule === mutant.by && right(finding))) {
        killers.add(mutant.by);
        caught.push(mutant.fault);
        return;
      }
      const others = lint(input, rules).map(said).join('; ');
      missed.push(`${mutant.fault}: ${mutant.by} does not say so there (${others || 'nothing is said'})`);
    } finally {
      if (find === undefined) rmSync(path);
      else writeFileSync(path, before);
    }
  });

  test('at least 120 of them, and 95 of 100 are found where they are', () => {
    console.log(`${String(caught.length)} of ${String(mutants.length)} caught\n${missed.join('\n')}`);
    expect(mutants.length).toBeGreaterThanOrEqual(120);
    expect(caught.length / mutants.length, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  test('no rule survives that no mutant kills', () => {
    const idle = rules.map(({ meta }) => meta.id).filter((id) => !killers.has(id));
    expect(idle).toEqual([]);
  });
});

/** What folders build to, as they are now. */
async function build(folders: readonly string[]): Promise<ReadonlyMap<string, Build>> {
  const paths = folders.map((folder) => join(root, folder));
  const results = await renderAll(kustomize, paths, availableParallelism());
  return new Map(
    results.map((result, index) => {
      const folder = folders[index] ?? '';
      return [folder, readBuild(folder, result)];
    }),
  );
}

async function mutatedInput({ cluster, file, by }: Mutant): Promise<LintInput> {
  const walk = dependencyWalk(cachedReader(root));
  const built = await build(foldersOf(root, cluster).filter((folder) => walk(folder).files.includes(file)));
  const specs = loadFleet(root).clusters.map((parsed) => parsed.cluster);
  // Only a rule of the fleet needs the others; what they say of themselves they say without the fault as well.
  const everybody = rules.some(({ meta, fleet: check }) => meta.id === by && check !== undefined);
  const clusters = everybody ? specs : specs.filter(({ metadata }) => metadata.name === cluster);
  const { read, sources } = lintReader({ root, repository: REPOSITORY, clusters, fleet: specs });
  // What it was before, for the rules that compare.
  const compared = clusters.map((spec) => {
    const base = before.find((one) => one.spec.metadata.name === spec.metadata.name);
    const head = read(spec, (folder) => built.get(folder) ?? sound.get(folder));
    return base === undefined ? head : { ...head, base };
  });
  return { clusters: compared, sources };
}

function rightPlace({ file, at }: Mutant, before: string, after: string): (finding: Finding) => boolean {
  const text = at?.file === undefined ? after : readFileSync(join(root, at.file), 'utf8');
  const wanted = at === undefined ? changedLines(before, after) : new Set([lineOf(text, text.indexOf(at.text))]);
  const target = at?.file ?? file;
  return (finding) =>
    finding.file === target && finding.span !== undefined && wanted.has(lineOf(text, finding.span.start));
}

function said({ rule, file, span }: Finding): string {
  const line = span === undefined ? '' : `:${String(lineOf(readFileSync(join(root, file), 'utf8'), span.start))}`;
  return `${rule} at ${file}${line}`;
}
