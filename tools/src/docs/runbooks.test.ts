import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readManifests } from '@lgtm-fleet/manifests';
import { pagePlans, renderedPages, shellBlocks } from '@lgtm-fleet/runbooks/testing';
import { clusterJsonSchema } from '@lgtm-fleet/spec';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../testing/cli.ts';
import { renderExamples } from '../testing/rendered.ts';
import { root, toolTargets } from './pages.ts';
import { faultsOf, knownCluster, parted, type KnownCluster } from './runbook-kubectl.ts';
import { paste, type Argv, type Pasted } from './runbook-shell.ts';

/** Every command of every page, as it is rendered for every cluster: by a real shell, with what it calls replaced. */

interface Block {
  readonly path: string;
  readonly block: string;
  readonly pasted: Pasted;
}

const blocks = new Map(
  pagePlans.map((plan): readonly [(typeof pagePlans)[number], readonly Block[]] => {
    const found = [...renderedPages(plan)].flatMap(([path, text]) =>
      shellBlocks(text).map((block) => ({ path, block })),
    );
    const pasted = paste(found.map(({ block }) => block));
    return [plan, found.map((one, index) => ({ ...one, pasted: pasted[index]! }))];
  }),
);
const commandsOf = (plan: (typeof pagePlans)[number]): readonly (readonly [string, Argv])[] =>
  (blocks.get(plan) ?? []).flatMap(({ path, pasted }) => pasted.commands.map((argv) => [path, argv] as const));

describe.each(pagePlans.map((plan) => [plan.cluster, plan] as const))('pages of %s', (cluster, plan) => {
  test('have blocks that a shell takes without a word', () => {
    for (const { path, block, pasted } of blocks.get(plan) ?? [])
      expect(pasted.complaints, `${path}\n${block}`).toBe('');
  });

  test('ask nx for targets and options that there are', { timeout: 60_000 }, async () => {
    for (const [path, argv] of commandsOf(plan)) {
      const [program, nx, run, target = '', ...options] = argv;
      if (program !== 'npx') continue;
      const said = `${path}: ${argv.join(' ')}`;
      expect([nx, run], said).toEqual(['nx', 'run']);
      const known = await optionsOf(target);
      expect(known, said).toBeDefined();
      for (const option of options) expect(known, said).toContain(option.split('=')[0]);
      if (options.some((option) => option.startsWith('--cluster='))) expect(options).toContain(`--cluster=${cluster}`);
    }
  });

  test('name nx targets, keys of the spec and files that there are, in their prose', () => {
    for (const [path, text] of renderedPages(plan)) {
      const prose = text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/\]\([^)]*explore[^)]*\)/g, ']');
      for (const [, target = ''] of prose.matchAll(/nx run tools:([a-z-]+)/g)) expectTarget(target, path);
      for (const [, keys = ''] of prose.matchAll(/`spec\.([a-zA-Z.[\]]+)`/g)) expectKey(keys, path);
      for (const [, file = ''] of prose.matchAll(/\]\(https:[^)]*\/blob\/main\/([^)]+)\)/g)) expectFile(file, path);
    }
  });

  test('sync, compare and end Applications that there are', () => {
    for (const [path, argv] of commandsOf(plan)) {
      const [program, first = '', verb = '', name] = argv;
      if (program !== 'argocd' || first === 'login') continue;
      expect(['diff', 'sync', 'terminate-op'], `${path}: ${argv.join(' ')}`).toContain(verb);
      expect(plan.components.map((component) => `${cluster}-${component.name}`)).toContain(name);
    }
  });
});

const expectTarget = (target: string, path: string): void => {
  expect(Object.keys(toolTargets), path).toContain(target);
};
const expectFile = (file: string, path: string): void => {
  expect(existsSync(join(root, file)), `${path}: ${file}`).toBe(true);
};

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}
function expectKey(text: string, path: string): void {
  const keys = ['spec', ...text.replaceAll('[]', '').split('.')];
  const schema = keys.reduce<JsonSchema | undefined>(
    (found, key) => (found?.items ?? found)?.properties?.[key],
    clusterJsonSchema(),
  );
  expect(schema, `${path}: ${text}`).toBeDefined();
}

const options = new Map<string, readonly string[] | undefined>();
async function optionsOf(target: string): Promise<readonly string[] | undefined> {
  const name = target.replace(/^tools:/, '');
  if (!options.has(name)) {
    const command = toolTargets[name]?.command.split(' ').slice(2);
    const help = command === undefined ? undefined : (await runCli([...command, '--help'])).stdout;
    options.set(name, help === undefined ? undefined : [...help.matchAll(/--[a-z-]+/g)].map(([option]) => option));
  }
  return options.get(name);
}

describe('commands of kubectl', () => {
  let clusters: readonly KnownCluster[] = [];
  beforeAll(async () => {
    const rendered = await renderExamples();
    clusters = rendered.map(({ cluster, manifests }) => {
      const read = readManifests(manifests, cluster);
      return knownCluster(
        pagePlans.find((plan) => plan.cluster === cluster)!,
        read.manifests,
      );
    });
  }, 300_000);

  test('name what the manifests of their cluster have', { timeout: 300_000 }, () => {
    expect(clusters.length).toBeGreaterThanOrEqual(4);
    const faults = clusters.flatMap((known) =>
      commandsOf(known.plan).flatMap(([path, argv]) =>
        argv[0] === 'kubectl' ? faultsOf(argv, known).map((fault) => `${path}: ${argv.join(' ')}: ${fault}`) : [],
      ),
    );
    expect(faults).toEqual([]);
  });

  test.each([
    [['get', 'pods', '-l', 'app.kubernetes.io/name=lokki'], 'no pod has the labels app.kubernetes.io/name=lokki'],
    [['--namespace', 'observability', 'logs', 'pod/loki-9'], 'there is no Pod loki-9 in observability'],
    [['--namespace', 'obs', 'get', 'pods'], 'there is no namespace obs'],
    [['--namespace', 'observability', 'port-forward', 'pod/loki-0', '3101'], 'pod/loki-0 3101: no such port'],
    [['--namespace', 'observability', 'get', 'secret', 'nothing'], 'there is no Secret nothing in observability'],
    [['kustomize', 'overlays/home-lab/mimir'], 'there is no folder overlays/home-lab/mimir'],
    [['--namespace', 'observability', 'edit', 'statefulset/loki'], "kubectl has no 'edit' here"],
  ])('%j would be found', (args, fault) => {
    const home = clusters.find(({ plan }) => plan.cluster === 'home-lab')!;
    expect(faultsOf(['kubectl', ...args], home)).toEqual([fault]);
  });

  const program = findProgram('kubectl');
  test.skipIf(program === undefined)(`have flags that kubectl has${unlessFound('kubectl', program)}`, () => {
    const asked = new Map<string, Set<string>>();
    for (const plan of pagePlans)
      for (const [, [name, ...args]] of commandsOf(plan)) {
        if (name !== 'kubectl') continue;
        const { flags: given, words } = parted([name, ...args]);
        const deeper = ['rollout', 'config', 'set', 'top'].includes(words[0] ?? '');
        const command = words.slice(0, deeper ? 2 : 1).join(' ');
        const flags = asked.get(command) ?? new Set();
        for (const flag of given.keys()) if (flag.startsWith('--')) flags.add(flag);
        asked.set(command, flags);
      }
    const everywhere = execFileSync(program!, ['options'], { encoding: 'utf8' });
    const unknown = [...asked].flatMap(([command, flags]) => {
      const help = execFileSync(program!, [...command.split(' '), '--help'], { encoding: 'utf8' }) + everywhere;
      return [...flags].filter((flag) => !help.includes(`${flag}=`)).map((flag) => `kubectl ${command} ${flag}`);
    });
    expect(unknown).toEqual([]);
  });
});
