import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodes } from './plugin.ts';

const repository = join(import.meta.dirname, '../../..');
const header = (cluster: string): string => `# Generated from clusters/${cluster}/cluster.yaml.\n`;

/** A small fleet: two clusters run loki in different modes, one runs only a collector. */
const files: Record<string, string> = {
  'package.json': '{ "name": "fleet", "private": true, "type": "module" }',
  'tools/project.json': '{ "name": "tools" }',
  'base/alloy/kustomization.yaml': 'resources: [daemon-set.yaml]',
  'base/alloy/daemon-set.yaml': '',
  'base/loki/kustomization.yaml': 'resources: [service.yaml]',
  'base/loki/service.yaml': '',
  'base/loki/ingester/kustomization.yaml': 'resources: [stateful-set.yaml]',
  'base/loki/ingester/stateful-set.yaml': '',
  'base/loki/variants/monolithic/kustomization.yaml': 'kind: Component\nresources: [stateful-set.yaml]\n',
  'base/loki/variants/monolithic/stateful-set.yaml': '',
  'base/loki/variants/distributed/kustomization.yaml': 'kind: Component\nresources: [../../ingester]\n',
  'base/tempo/kustomization.yaml': '',
  ...overlay('home-lab', 'loki', 'monolithic'),
  ...overlay('home-lab', 'alloy'),
  ...overlay('prod-eu', 'loki', 'distributed'),
  ...overlay('prod-eu', 'alloy'),
  ...overlay('prod-eu-shop', 'alloy'),
  'clusters/brand-new/cluster.yaml': '',
};

function overlay(cluster: string, component: string, variant?: string): Record<string, string> {
  const base = `../../../base/${component}`;
  const components = variant === undefined ? '' : `components: [${base}/variants/${variant}]\n`;
  return {
    [`clusters/${cluster}/cluster.yaml`]: `metadata: { name: ${cluster} }\n`,
    [`overlays/${cluster}/${component}/kustomization.yaml`]: `${header(cluster)}resources: [${base}]\n${components}`,
  };
}

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lgtm-fleet-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
});
afterAll(async () => {
  await rm(root, { recursive: true });
});

const infer = async (): Promise<
  Record<string, { implicitDependencies?: string[]; targets?: Record<string, unknown> }>
> => {
  const configurations = Object.keys(files).filter((path) => /\/(cluster|kustomization)\.yaml$/.test(path));
  const results = await createNodes[1](configurations, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  return Object.assign({}, ...results.map(([, result]) => result.projects)) as ReturnType<typeof infer>;
};

describe('the projects that the plugin infers', () => {
  it('are the clusters, their overlays, and every folder of base with a kustomization', async () => {
    expect(Object.keys(await infer()).sort()).toEqual([
      'base/alloy',
      'base/loki',
      'base/loki/ingester',
      'base/loki/variants/distributed',
      'base/loki/variants/monolithic',
      'base/tempo',
      'clusters/brand-new',
      'clusters/home-lab',
      'clusters/prod-eu',
      'clusters/prod-eu-shop',
      'overlays/home-lab',
      'overlays/prod-eu',
      'overlays/prod-eu-shop',
    ]);
  });

  it('depend on exactly what the overlays reach', async () => {
    const projects = await infer();
    expect(projects['clusters/prod-eu']?.implicitDependencies).toEqual([
      'tools',
      'base/alloy',
      'base/loki',
      'base/loki/ingester',
      'base/loki/variants/distributed',
      'overlays/prod-eu',
    ]);
    expect(projects['clusters/brand-new']?.implicitDependencies).toEqual(['tools']);
  });

  it('have cached targets', async () => {
    const targets = (await infer())['clusters/home-lab']?.targets;
    expect(targets).toMatchObject({ generate: { cache: true }, render: { cache: true }, lint: { cache: true } });
    expect(targets?.['generate']).toMatchObject({
      inputs: [
        '{projectRoot}/cluster.yaml',
        '{projectRoot}/patches/**/*',
        '{projectRoot}/secrets/**/*',
        { input: 'kustomization', projects: ['base/alloy', 'base/loki', 'base/loki/variants/monolithic'] },
        'tools',
      ],
      outputs: ['{projectRoot}/kustomization.yaml', '{projectRoot}/applications', '{workspaceRoot}/overlays/home-lab'],
    });
  });

  it('take files that the generator did not write for inputs, lest a restored cache remove them', async () => {
    await writeFile(join(root, 'overlays/home-lab/loki/notes.md'), 'mine');
    const { generate } = (await infer())['clusters/home-lab']?.targets as { generate: { inputs: unknown[] } };
    expect(generate.inputs.at(-1)).toBe('{workspaceRoot}/overlays/home-lab/loki/notes.md');
    await rm(join(root, 'overlays/home-lab/loki/notes.md'));
  });
});

describe('nx affected', () => {
  beforeAll(async () => {
    for (const path of ['nx.json', 'tools/plugin/src/plugin.ts', 'tools/plugin/src/projects.ts', 'libs/render']) {
      await cp(join(repository, path), join(root, path), { recursive: true });
    }
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  });

  const affected = async (file: string): Promise<string[]> => {
    const nx = join(repository, 'node_modules/nx/dist/bin/nx.js');
    const args = [nx, 'show', 'projects', '--affected', `--files=${file}`, '--projects', 'tag:cluster', '--json'];
    const env = { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: root };
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
    return (JSON.parse(stdout) as string[]).sort();
  };

  // Each call starts Nx, which takes about two seconds.
  it.each([
    ['base/loki/service.yaml', ['home-lab', 'prod-eu']],
    ['base/loki/ingester/stateful-set.yaml', ['prod-eu']],
    ['base/loki/variants/monolithic/stateful-set.yaml', ['home-lab']],
    ['base/tempo/kustomization.yaml', []],
    ['overlays/prod-eu-shop/alloy/kustomization.yaml', ['prod-eu-shop']],
    ['tools/project.json', ['brand-new', 'home-lab', 'prod-eu', 'prod-eu-shop']],
  ])('after a change of %s names the clusters %j', async (file, clusters) => {
    expect(await affected(file)).toEqual(clusters);
  });
});
