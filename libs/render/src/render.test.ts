import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findKustomize, type Kustomize } from './kustomize.ts';
import { render, renderAll, renderGroups, type Rendered } from './render.ts';

let folder = '';
const fake = async (path: string, script: string): Promise<string> => {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lgtm-fleet-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('findKustomize', () => {
  const embedded = { cacheFolder: '/dev/null/nowhere', platform: 'plan9-mips' };
  const find = async (env: Record<string, string>) => {
    const found = await findKustomize(env, embedded);
    return found.ok ? found.kustomize : found.error;
  };

  it('takes $KUSTOMIZE, then kustomize, then kubectl on PATH', async () => {
    const kustomize = await fake('one/kustomize', '');
    const kubectl = await fake('two/kubectl', `echo '{ "kustomizeVersion": "v5.8.1" }'`);
    const mine = await fake('mine/my-kustomize', '');
    const PATH = `${folder}/none:${folder}/two:${folder}/one`;
    expect(await find({ PATH, KUSTOMIZE: mine })).toEqual({ command: mine, args: ['build'], origin: '$KUSTOMIZE' });
    expect(await find({ PATH, KUSTOMIZE: 'kubectl' })).toMatchObject({ command: kubectl, args: ['kustomize'] });
    expect(await find({ PATH, KUSTOMIZE: '' })).toMatchObject({ command: kustomize, origin: 'kustomize on PATH' });
    expect(await find({ PATH: `${folder}/two` })).toEqual({
      command: kubectl,
      args: ['kustomize'],
      origin: 'kubectl on PATH',
    });
  });

  it('passes over a kustomize or kubectl of before Kustomize 5', async () => {
    await fake('old/kubectl', `echo '{ "clientVersion": { "minor": "20" } }'`);
    await fake('older/kustomize', 'echo v4.5.7');
    const current = await fake('current/kustomize', 'echo v5.8.2');
    expect(await find({ PATH: `${folder}/old:${folder}/older` })).toMatchObject({ id: 'no-kustomize' });
    expect(await find({ PATH: `${folder}/old:${folder}/current` })).toMatchObject({ command: current });
  });

  it('never falls back from a $KUSTOMIZE that is not there', async () => {
    await fake('one/kustomize', '');
    expect(await find({ PATH: `${folder}/one`, KUSTOMIZE: '/no/such' })).toMatchObject({
      id: 'no-kustomize',
      message: "KUSTOMIZE is '/no/such', and no program is there",
    });
  });

  it('passes over a folder of that name and a file that is not executable', async () => {
    await mkdir(join(folder, 'folder/kustomize'), { recursive: true });
    await mkdir(join(folder, 'text'), { recursive: true });
    await writeFile(join(folder, 'text/kustomize'), '');
    expect(await find({ PATH: `${folder}/folder:${folder}/text` })).toMatchObject({ id: 'no-kustomize' });
  });
});

describe('render', () => {
  const starting = async (script: string): Promise<Kustomize> => ({
    command: await fake(`programs/${String(script.length)}/kustomize`, script),
    args: ['build'],
    origin: '$KUSTOMIZE',
  });

  it('returns what the program writes, started with the folder and no flags', async () => {
    const kustomize = await starting('echo "args: $*"');
    expect(await render(kustomize, 'overlays/a/loki')).toEqual({
      ok: true,
      manifests: 'args: build overlays/a/loki\n',
      warnings: [],
    });
  });

  it('reports a line on standard error as a warning', async () => {
    const kustomize = await starting("echo 'kind: Service'; echo \"# Warning: 'commonLabels' is deprecated.\" >&2");
    expect(await render(kustomize, 'overlays/a/loki/')).toMatchObject({
      ok: true,
      warnings: [
        {
          id: 'kustomize-warning',
          severity: 'warning',
          message: "'commonLabels' is deprecated.",
          file: 'overlays/a/loki/kustomization.yaml',
        },
      ],
    });
  });

  it('reports a failure, and an outdated program as its likely cause', async () => {
    const kustomize = await starting(
      '[ $1 = version ] && echo v4.5.7 && exit; echo "Error: no such field" >&2; exit 1',
    );
    expect(await render(kustomize, 'overlays/a/loki')).toEqual({
      ok: false,
      error: {
        id: 'kustomize-failed',
        severity: 'error',
        message: 'Kustomize cannot build this folder: no such field',
        file: 'overlays/a/loki/kustomization.yaml',
        help: `${kustomize.command} is older than Kustomize 5; install a newer one or set KUSTOMIZE to it`,
      },
    });
  });

  it('reports a program that cannot be started', async () => {
    const rendered = await render({ command: join(folder, 'gone'), args: ['build'], origin: '$KUSTOMIZE' }, 'x');
    expect(rendered).toMatchObject({ ok: false, error: { id: 'kustomize-failed' } });
  });

  it('builds many folders in order, no more at once than allowed', async () => {
    const kustomize = await starting(`
      mkdir "${folder}/running-$$"; ls -d "${folder}"/running-* | wc -l; sleep 0.05; rmdir "${folder}/running-$$"; echo "$2"`);
    const folders = ['f', 'e', 'd', 'c', 'b', 'a'];
    const seen: string[] = [];
    const all = await renderAll(kustomize, folders, 2, (one) => seen.push(one));
    const lines = all.map((rendered) => (rendered.ok ? rendered.manifests.trim().split('\n') : []));
    expect(lines.map((line) => line[1])).toEqual(folders);
    expect(Math.max(...lines.map((line) => Number(line[0])))).toBe(2);
    expect(seen.sort()).toEqual([...folders].sort());
    expect(await renderAll(kustomize, [], 2)).toEqual([]);
  });

  it('starts with the longest kustomization', async () => {
    const kustomize = await starting('echo "$2"');
    const lengths = { short: 10, long: 30, middle: 20, none: undefined };
    const folders = Object.keys(lengths).map((name) => join(folder, 'lengths', name));
    for (const [name, length] of Object.entries(lengths)) {
      await mkdir(join(folder, 'lengths', name), { recursive: true });
      if (length !== undefined)
        await writeFile(join(folder, 'lengths', name, 'kustomization.yaml'), '#'.repeat(length));
    }
    const seen: string[] = [];
    const all = await renderAll(kustomize, folders, 1, (one) => seen.push(basename(one)));
    expect(seen).toEqual(['long', 'middle', 'short', 'none']);
    expect(all.map((rendered) => rendered.ok && rendered.manifests.trim())).toEqual(folders);
  });

  it('gives one group after another, and works no further ahead than it has programs to run', async () => {
    const started: string[] = [];
    let running = 0;
    let most = 0;
    const build = async (name: string): Promise<Rendered> => {
      started.push(name);
      most = Math.max(most, (running += 1));
      await new Promise((done) => setTimeout(done, name.startsWith('a') ? 20 : 1));
      running -= 1;
      return { ok: true, manifests: name, warnings: [] };
    };
    const groups = ['a', 'b', 'c', 'd', 'e', 'f'].map((of) => ({ of, folders: [`${of}1`, `${of}2`, `${of}3`] }));
    const given: { of: string; folders: string[] }[] = [];
    for await (const { of, rendered } of renderGroups(build, groups, 2)) {
      given.push({ of, folders: [...rendered.values()].map((one) => (one.ok ? one.manifests : '')) });
      expect([...rendered.keys()]).toEqual(given.at(-1)?.folders);
      await new Promise((done) => setTimeout(done, 50));
      const last = groups[given.length + 1];
      expect(started.filter((name) => name > (last?.folders[2] ?? 'z'))).toEqual([]);
    }
    expect(given).toEqual(groups);
    expect(most).toBe(2);
    expect(started.toSorted()).toEqual(groups.flatMap(({ folders }) => folders));
  });
});
