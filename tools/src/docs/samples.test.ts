import { dependencyWalk, findKustomize, renderAll } from '@lgtm-fleet/render';
import { parse } from '@lgtm-fleet/spec';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml, parseAllDocuments } from 'yaml';
import { clusterTree } from '../workspace/tree.ts';
import { PAGE as INGEST } from './ingest-examples.ts';
import { fencesOf, pages, repository, root, sample, specs } from './pages.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // What the tests look into is checked by the schemas elsewhere.
  readonly data: Readonly<Record<string, string>>;
  readonly spec: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** A copy of what is rendered, so that a sample may do its work. */
let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lgtm-docs-'));
  for (const path of ['base', 'clusters', 'overlays']) cpSync(join(root, path), join(copy, path), { recursive: true });
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe('samples', () => {
  // The samples of a rule's page are run by libs/lint/src/rules/rules.test.ts, in the README that the page is made of;
  // those of part 4, which are parts of one file, by ingest.test.ts.
  const own = pages.filter((page) => !page.startsWith('docs/rules/') && page !== INGEST);
  const samples = own.flatMap((page) => fencesOf(page).map((fence) => ({ page, ...fence })));
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
