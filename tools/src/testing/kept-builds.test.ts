import { render, type Kustomize } from '@lgtm-fleet/render';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeCheckout, removeCheckout, writeAt } from './checkout.ts';
import { keepBuilds } from './kept-builds.ts';

/** The real one is a script that says what it was given, and how often it was asked. */

const FILES = {
  'base/loki/kustomization.yaml': 'resources: [service.yaml]\n',
  'base/loki/service.yaml': 'kind: Service\n',
  'overlays/home/loki/kustomization.yaml': 'resources: [../../../base/loki]\n',
  'overlays/home/tempo/kustomization.yaml': 'resources: [nowhere.yaml]\n',
  'overlays/home/mimir/kustomization.yaml': 'resources: [\n',
  'clusters/home/kustomization.yaml': 'resources: []\n',
};
const LOKI = 'overlays/home/loki';

let root = '';
let tools = '';
let real: Kustomize;
beforeEach(() => {
  [root, tools] = [makeCheckout(FILES), makeCheckout()];
  const command = join(tools, 'kustomize');
  const says = `echo "$*" >> '${tools}/asked'
case "$1 $2" in
  version*) echo v5.8.2 ;;
  *loki) cat "$2/../../../base/loki/service.yaml" "$2/kustomization.yaml" ;;
  *) cat "$2/kustomization.yaml" ;;
esac`;
  writeFileSync(command, `#!/bin/sh\n${says}\n`, { mode: 0o755 });
  real = { command, args: ['build'], origin: '$KUSTOMIZE' };
});
afterEach(() => {
  for (const folder of [root, tools]) removeCheckout(folder);
});

const keep = async (): Promise<Kustomize> => ({ ...real, command: await keepBuilds(root, real, join(tools, 'kept')) });
/** What was asked of the real one since the last time. */
const asked = (): readonly string[] => {
  const path = join(tools, 'asked');
  const lines = globSync(path).flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  rmSync(path, { force: true });
  return lines.map((line) => line.replace(`${root}/`, '')).toSorted();
};
const manifests = async (kustomize: Kustomize, folder: string): Promise<string> => {
  const rendered = await render(kustomize, folder);
  return rendered.ok ? rendered.manifests : rendered.error.message;
};

test('what is complete is built, and built again only when it has changed', async () => {
  await keep();
  expect(asked()).toEqual(['build clusters/home', `build ${LOKI}`]);
  await keep();
  expect(asked()).toEqual([]);
  writeAt(root, 'base/loki/service.yaml', 'kind: Service # other\n');
  await keep();
  expect(asked()).toEqual([`build ${LOKI}`]);
});

describe('the program that keeps them', () => {
  test('says what was built, here and in every copy, and asks nobody', async () => {
    const kept = await keep();
    asked();
    cpSync(root, join(tools, 'copy'), { recursive: true });
    for (const place of [root, join(tools, 'copy')])
      expect(await manifests(kept, join(place, LOKI))).toBe('kind: Service\nresources: [../../../base/loki]\n');
    expect(asked()).toEqual([]);
  });

  test.each(['base/loki/service.yaml', `${LOKI}/kustomization.yaml`])('asks where %s has changed', async (file) => {
    const kept = await keep();
    asked();
    writeAt(root, file, 'changed: true\n');
    expect(await manifests(kept, join(root, LOKI))).toContain('changed: true');
    expect(asked()).toEqual([`build ${LOKI}`]);
  });

  test('asks where a file is gone, where a build was not complete, and where it was kept by half', async () => {
    const kept = await keep();
    asked();
    await manifests(kept, join(root, 'overlays/home/tempo'));
    expect(asked()).toEqual(['build overlays/home/tempo']);
    const [built = ''] = globSync(join(tools, 'kept/*', `${LOKI}.yaml`));
    writeFileSync(built, 'kind: Ser');
    expect(await manifests(kept, join(root, LOKI))).toContain('kind: Service\n');
    rmSync(join(root, 'base/loki/service.yaml'));
    expect(await manifests(kept, join(root, LOKI))).toContain('Kustomize cannot build this folder');
    expect(asked().filter((line) => line === `build ${LOKI}`)).toHaveLength(2);
  });

  test('is asked for another program anew', async () => {
    const before = await keep();
    writeFileSync(real.command, '#!/bin/sh\necho other\n', { mode: 0o755 });
    const after = await keep();
    expect(after.command).not.toBe(before.command);
    expect(await manifests(after, join(root, LOKI))).toBe('other\n');
  });
});
