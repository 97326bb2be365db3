import { dependencyWalk, findKustomize, renderAll } from '@lgtm-fleet/render';
import { mermaid } from '@lgtm-fleet/report';
import { clusterJsonSchema, parse, type ClusterSpec } from '@lgtm-fleet/spec';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { join as joinUrl } from 'node:path/posix';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml, parseAllDocuments } from 'yaml';
import { clusterProjects } from '../plugin/src/projects.ts';
import { loadFleet } from './workspace/clusters.ts';
import { isProblem } from './workspace/problem.ts';
import { openWorkspace } from './workspace/root.ts';
import { clusterTree, planOf } from './workspace/tree.ts';

/** What the pages say, held against the code: links, commands, keys of the spec, samples and pictures. */

const workspace = openWorkspace(undefined);
if (isProblem(workspace)) throw new Error(workspace.message);
const { root, repository } = workspace;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const markdownIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => joinUrl(folder, path.replaceAll('\\', '/')));
const guides = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs').toSorted()];
const baseReadmes = ['base/README.md', ...readdirSync(join(root, 'base')).map((name) => `base/${name}/README.md`)]
  .filter((path) => existsSync(join(root, path)))
  .toSorted();
const pages = [...guides, ...baseReadmes];

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // What the tests look into is checked by the schemas elsewhere.
  readonly data: Readonly<Record<string, string>>;
  readonly spec: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

interface Fence {
  readonly language: string;
  /** What follows the language: the path of a sample. */
  readonly path: string;
  readonly text: string;
}

const FENCE = /^```(\w*)[ ]?(.*)\n([^]*?)^```$/gm;

function fencesOf(page: string): readonly Fence[] {
  return [...read(page).matchAll(FENCE)].map(([, language = '', path = '', text = '']) => ({ language, path, text }));
}

/** A page without its fenced blocks, where a bracket is no link. */
const proseOf = (page: string) => read(page).replaceAll(FENCE, '');

const slugsOf = (page: string) =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const fleet = loadFleet(root);
const specs = fleet.clusters.map(({ cluster }) => cluster);
const plans = specs.map((cluster) => planOf({ cluster, fleet: specs, repository }));

describe.each(pages)('%s', (page) => {
  test('has links that lead somewhere', () => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    for (const link of links.filter((target) => !/^[a-z]+:/.test(target))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : joinUrl(dirname(page), path);
      expect(existsSync(join(root, target)), `${link} (${target})`).toBe(true);
      if (anchor !== undefined) expect(slugsOf(target), link).toContain(anchor);
    }
  });

  test('names Nx targets of the tools that there are', () => {
    const targets = [...read(page).matchAll(/nx run tools:([a-z-]+)/g)].map(([, target = '']) => target);
    for (const target of targets) expect(Object.keys(toolTargets())).toContain(target);
  });

  test('names keys of the spec that there are', () => {
    const known = (schemaAt(['spec']) ?? {}).properties ?? {};
    // A base's `spec.x` may be Kubernetes' own; a guide's is always the cluster file's.
    const own = (keys: readonly string[]) => guides.includes(page) || (keys[1] ?? '') in known;
    const named = [...read(page).matchAll(/`spec\.([a-zA-Z0-9.[\]]+)/g)].map(([, rest = '']) => [
      'spec',
      ...rest.replaceAll('[]', '').split('.'),
    ]);
    for (const keys of named.filter(own)) expect(schemaAt(keys), keys.join('.')).toBeDefined();
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

function schemaAt(keys: readonly string[]): JsonSchema | undefined {
  return keys.reduce<JsonSchema | undefined>(
    (schema, key) => (schema?.items ?? schema)?.properties?.[key],
    clusterJsonSchema(),
  );
}

function toolTargets(): Readonly<Record<string, { readonly command: string }>> {
  return (JSON.parse(read('tools/project.json')) as { targets: Record<string, { command: string }> }).targets;
}

/** A copy of what the commands read and write, so that a sample may do its work. */
let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lgtm-docs-'));
  for (const path of ['package.json', 'base', 'clusters', 'overlays', 'schemas/cluster.schema.json'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

type Check = readonly [how: string, check: () => void];

/** How a command of README.md is checked; a new kind of command needs a line here. */
function checkOf(line: string): Check {
  const [, script] = /^npm (?:run )?([a-z:]+)$/.exec(line) ?? [];
  if (script !== undefined)
    return [
      'is an npm script',
      () => {
        expect(Object.keys(JSON.parse(read('package.json')).scripts as object)).toContain(script);
      },
    ];

  const [, target, rest] = /^npx nx run tools:([a-z-]+)(.*)$/.exec(line) ?? [];
  if (target !== undefined)
    return [
      'runs in a copy',
      () => {
        runInCopy(
          target,
          (rest ?? '').split(' ').filter((word) => word !== ''),
        );
      },
    ];

  const [, affected] = /^npx nx affected --target=([a-z]+) --base=\S+$/.exec(line) ?? [];
  if (affected !== undefined)
    return [
      'is a target of every cluster',
      () => {
        expect(clusterTargets()).toContain(affected);
      },
    ];
  return ['is checked by something', () => expect.unreachable(`say in docs.test.ts how '${line}' is checked`)];
}

function clusterTargets(): readonly string[] {
  const projects = clusterProjects({ name: 'any', bases: [], hasOverlays: false, foreignFiles: [] });
  return Object.keys(projects['clusters/any']?.targets ?? {});
}

function runInCopy(target: string, args: readonly string[]): void {
  const [node, program = '', ...own] = (toolTargets()[target]?.command ?? '').split(' ');
  expect(node).toBe('node');
  const { status, stderr } = spawnSync(process.execPath, [join(root, program), ...own, ...args, '--root', copy], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.anything()]);
}

describe('README.md, in its order', () => {
  const commands = fencesOf('README.md').flatMap(({ language, text }) =>
    language === 'sh' ? text.trim().split('\n') : [],
  );
  const checks = commands.map((line) => [line, ...checkOf(line)] as const);
  test.each(checks)('%s: %s', { timeout: 120_000 }, (_line, _how, check) => {
    check();
  });
  test('has commands', () => {
    expect(commands.length).toBeGreaterThan(5);
  });
});

describe('samples', () => {
  const samples = pages.flatMap((page) => fencesOf(page).map((fence) => ({ page, ...fence })));
  const yaml = samples.filter(({ language }) => language === 'yaml' || language === 'yml');
  const clusters = yaml.filter(({ path }) => /^clusters\/[^/]+\/cluster\.yaml$/.test(path));
  const patches = yaml.filter(({ path }) => /^clusters\/[^/]+\/patches\//.test(path));

  test('of YAML say which file they are, or nobody checks them', () => {
    const unchecked = yaml.filter((sample) => !clusters.includes(sample) && !patches.includes(sample));
    expect(unchecked.map(({ page, text }) => `${page}: ${text.slice(0, 60)}`)).toEqual([]);
  });

  test.each(clusters.map(({ page, path, text }) => [page, path, text]))('%s: %s parses', (_page, path, text) => {
    const parsed = parse({ path, text });
    expect(parsed.ok ? [] : parsed.diagnostics.map(({ message }) => message)).toEqual([]);
  });

  test('of patches are wired in, render without a warning, and have the last word', { timeout: 120_000 }, async () => {
    for (const { path, text } of patches) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    const startup = await renderPatched('startup', 'loki');
    // The sample's own words, beside what is still the plan's.
    const { data } = startup.find('ConfigMap', 'loki-overrides');
    expect(parseYaml(data['streams.yaml'] ?? '')).toEqual({
      overrides: { main: { max_global_streams_per_user: 20_000 } },
    });
    expect(parseYaml(data['overrides.yaml'] ?? '')).toMatchObject({
      overrides: { main: { retention_period: '720h' } },
    });
    const [loki] = startup.find('StatefulSet', 'loki').spec.template.spec.containers;
    expect(loki.resources.requests.memory).toBe('2Gi');
    expect(loki.args).toContain(
      '-runtime-config.file=/etc/loki-overrides/overrides.yaml,/etc/loki-overrides/streams.yaml',
    );
    expect(startup.application).toContain('/clusters/startup/patches/loki');
  });

  async function renderPatched(cluster: string, component: string) {
    const readFile = (path: string) =>
      path.endsWith('.yaml') && existsSync(join(copy, path)) ? readFileSync(join(copy, path), 'utf8') : undefined;
    const found = specs.find(({ metadata }) => metadata.name === cluster) ?? sample('');
    for (const [path, text] of clusterTree({
      cluster: found,
      fleet: specs,
      repository,
      readFile,
      walk: dependencyWalk(readFile),
    }))
      writeFileSync(join(copy, path), text);
    const kustomize = await findKustomize(process.env);
    if (!kustomize.ok) throw new Error(kustomize.error.message);
    const [rendered] = await renderAll(kustomize.kustomize, [join(copy, 'overlays', cluster, component)], 1);
    if (rendered?.ok !== true) throw new Error(rendered?.error.message);
    expect(rendered.warnings).toEqual([]);
    const objects = parseAllDocuments(rendered.manifests).map((document) => document.toJS() as Manifest);
    return {
      find: (kind: string, name: string) => objects.find((one) => one.kind === kind && one.metadata.name === name)!,
      application: readFileSync(join(copy, `clusters/${cluster}/applications/${component}.yaml`), 'utf8'),
    };
  }
});

describe('docs/1-architecture.md', () => {
  const page = 'docs/1-architecture.md';

  test.each(
    [...read(page).matchAll(/<!-- mermaid:([a-z-]+) -->\n+```mermaid\n([^]*?)\n```\n+<!-- \/mermaid -->/g)].map(
      ([, name = '', picture = '']) => [name, picture],
    ),
  )('has the picture of %s as the plan draws it', (name, picture) => {
    const planned = plans.find(({ cluster }) => cluster === name);
    expect(picture).toBe(planned === undefined ? 'a cluster that is there' : mermaid(planned));
  });

  test('has a picture', () => {
    expect(read(page)).toMatch(/<!-- mermaid:home-lab -->\n+```mermaid\n/);
  });

  test('gives every component its namespace and wave', () => {
    const rows = [...read(page).matchAll(/^\| `([a-z-]+)` +\| `([a-z]+)` +\| (-?\d+) +\|/gm)].map(
      ([, name, namespace, wave]) => [name, namespace, Number(wave)],
    );
    const seaweedfs = planOf({ cluster: sample('objectStorage: { seaweedfs: {} }'), fleet: [], repository });
    for (const { name, namespace, wave } of [...plans.filter(({ role }) => role === 'hub'), seaweedfs].flatMap(
      ({ components }) => components,
    ))
      expect(rows).toContainEqual([name, namespace, wave]);
    // An edge has one namespace only.
    const edges = plans.filter(({ role }) => role === 'edge').flatMap(({ components }) => components);
    expect(edges.map(({ namespace }) => namespace)).toEqual(edges.map(() => 'monitoring'));
  });

  const STORED = 'kubernetes: { nodes: 3, zones: [a, b, c] }, objectStorage: { seaweedfs: {} }';
  test.each([
    ['below 100 GB of logs a day', 'load: { logs: { volume: 99GB/day } }', 'loki', 'highly-available'],
    ['from 100 GB a day', 'load: { logs: { volume: 100GB/day } }', 'loki', 'distributed'],
    ['below 1M active series', 'load: { metrics: { activeSeries: 999k } }', 'mimir', 'highly-available'],
    ['from 1M', 'load: { metrics: { activeSeries: 1M } }', 'mimir', 'distributed'],
    ['or with ingest storage', 'metrics: { architecture: ingest-storage }', 'mimir', 'distributed'],
    ['with three zones from 2 MB/s', 'load: { traces: { throughput: 2MB/s } }', 'tempo', 'distributed'],
    ['with three zones from 2 MB/s', 'load: { traces: { throughput: 1.9MB/s } }', 'tempo', 'monolithic'],
  ])('says `%s`, and the plan does so: %s', (words, spec, store, mode) => {
    expect(read(page)).toContain(words);
    const { components } = planOf({ cluster: sample(`${STORED}, ${spec}`), fleet: [], repository });
    expect(components.find(({ name }) => name === store)?.mode).toBe(mode);
  });

  test('says when Tempo is distributed without zones, and the plan does so', () => {
    expect(read(page)).toContain('from 25 MB/s of traces');
    const modes = ['24MB/s', '25MB/s'].map(
      (throughput) =>
        planOf({
          cluster: sample(
            `kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: {} }, load: { traces: { throughput: ${throughput} } }`,
          ),
          fleet: [],
          repository,
        }).components.find(({ name }) => name === 'tempo')?.mode,
    );
    expect(modes).toEqual(['monolithic', 'distributed']);
  });
});

/** A cluster of this spec, written in flow style. */
function sample(spec: string): ClusterSpec {
  const parsed = parse({
    path: 'clusters/sample/cluster.yaml',
    text: `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata: { name: sample }\nspec: { ${spec} }\n`,
  });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value.cluster;
}
