import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkout, renderExamples } from './testing/rendered.ts';

/** The schemas of the repository, read by a program that is not ours. */

interface Answer {
  readonly resources: readonly { readonly kind: string; readonly name: string; readonly msg: string }[];
  readonly summary: Readonly<Record<'valid' | 'invalid' | 'errors' | 'skipped', number>>;
}

const name = 'kubeconform';
const program = findProgram(name);
const root = checkout();
const schemas = join(root, 'schemas/kubernetes');

test.skipIf(program === undefined)(
  `kubeconform takes every object of the examples${unlessFound(name, program)}`,
  async () => {
    const examples = await renderExamples();
    expect(examples.length).toBeGreaterThan(0);
    for (const { cluster, manifests } of examples) {
      const { resources, summary } = conform(manifests);
      expect(
        resources.map(({ kind, name, msg }) => `${kind}/${name}: ${msg}`),
        cluster,
      ).toEqual([]);
      const valid = parseAllDocuments(manifests).length;
      expect(summary, cluster).toEqual({ valid, invalid: 0, errors: 0, skipped: 0 });
    }
  },
  180_000,
);

function conform(manifests: string): Answer {
  const run = spawnSync(
    program ?? name,
    [
      '-strict',
      '-summary',
      '-output=json',
      `-schema-location=${schemas}/{{.Group}}-{{.ResourceAPIVersion}}/{{.ResourceKind}}.json`,
      `-schema-location=${schemas}/core-{{.ResourceAPIVersion}}/{{.ResourceKind}}.json`,
    ],
    { input: manifests, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as Answer;
}
