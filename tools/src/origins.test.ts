import { lint, type Rule } from '@lgtm-fleet/lint';
import { annotationsOf, describe, readManifests } from '@lgtm-fleet/manifests';
import { findKustomize, render } from '@lgtm-fleet/render';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { foldersOf } from './commands/render.ts';
import { checkout } from './testing/rendered.ts';
import { loadFleet } from './workspace/clusters.ts';
import { lintReader } from './workspace/lint-input.ts';

const root = checkout();
const wrapper = realpathSync(mkdtempSync(join(tmpdir(), 'lgtm-fleet-origins-')));
const ORIGIN = 'config.kubernetes.io/origin';

afterAll(() => {
  rmSync(wrapper, { recursive: true, force: true });
});

/** Points at the kind of every object: the one value that only the object's own file gives, and no patch changes. */
const everywhere: Rule = {
  meta: { id: 'everywhere', family: 'gitops', severity: 'info', description: 'd', why: 'w' },
  *cluster(cluster) {
    for (const manifest of cluster.manifests)
      yield { place: { in: 'manifest', manifest, path: ['spec'] }, message: describe(manifest) };
  },
};

test('the file in which an object is looked for is the one that Kustomize says it comes from, or a patch of it', async () => {
  const found = await findKustomize(process.env);
  if (!found.ok) throw new Error(found.error.message);
  const [spec] = loadFleet(root)
    .clusters.map(({ cluster }) => cluster)
    .filter(({ metadata }) => metadata.name === 'prod-eu');
  if (spec === undefined) throw new Error('the example prod-eu is gone');
  let compared = 0;
  for (const folder of foldersOf(root, 'prod-eu').slice(1)) {
    const path = relative(wrapper, join(root, folder));
    writeFileSync(
      join(wrapper, 'kustomization.yaml'),
      JSON.stringify({ buildMetadata: ['originAnnotations'], resources: [path] }),
    );
    const built = await render(found.kustomize, wrapper);
    if (!built.ok) throw new Error(built.error.message);
    const { manifests } = readManifests(built.manifests, folder);
    const repository = 'https://git.example.com/x.git';
    const { read, sources } = lintReader({ root, repository, clusters: [spec], fleet: [spec] });
    const clusters = [read(spec, (asked) => (asked === folder ? { manifests, faults: [] } : undefined))];
    // As if nothing were generated, for it is the files of the build that are compared.
    const findings = lint({ clusters, sources: { ...sources, generated: () => undefined } }, [everywhere]);
    const files = Map.groupBy(findings, ({ message }) => message);
    for (const manifest of manifests.filter(({ kind }) => kind !== 'ConfigMap')) {
      const origin = parse(annotationsOf(manifest)[ORIGIN] ?? '') as { readonly path?: string };
      if (origin.path === undefined) continue;
      const expected = relative(root, join(wrapper, origin.path));
      const names = (files.get(describe(manifest)) ?? []).map(({ file }) => file);
      const isPatch = (file: string): boolean => file.includes('/patches/') || file.includes('/variants/');
      expect(
        names.length > 0 && names.every((file) => file === expected || isPatch(file)),
        `${describe(manifest)}: ${names.join()} is not ${expected}`,
      ).toBe(true);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(100);
});
