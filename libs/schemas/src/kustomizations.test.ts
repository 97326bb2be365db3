import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaValidator } from './validate.ts';

const root = join(import.meta.dirname, '../../..');
const validate = schemaValidator(
  (path) => JSON.parse(readFileSync(join(root, 'schemas/kubernetes', path), 'utf8')) as object,
);
const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

describe('the schema of kustomizations', () => {
  const files = globSync(
    ['base/**/kustomization.yaml', 'overlays/**/kustomization.yaml', 'clusters/**/kustomization.yaml'],
    { cwd: root },
  );
  it.each(files.sort())('accepts %s', (file) => {
    expect(validate(parse(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it.each([
    ['commonLabels', { 'app.kubernetes.io/name': 'loki' }],
    ['bases', ['../base']],
    ['patchesStrategicMerge', ['patch.yaml']],
    ['patchesJson6902', [{ path: 'patch.yaml' }]],
    ['vars', []],
    ['helmCharts', [{ name: 'loki' }]],
  ])('refuses %s, which is deprecated or needs a flag', (field, value) => {
    expect(validate({ ...kustomization, [field]: value })).toMatchObject([{ id: 'unknown-field', path: [field] }]);
  });

  it('refuses a tag beside a digest, of which Kustomize drops the tag', () => {
    const images = [{ name: 'grafana/loki', newTag: '3.7.8', digest: 'sha256:00' }];
    expect(validate({ ...kustomization, images })).toMatchObject([{ id: 'wrong-value', path: ['images', 0] }]);
  });
});
