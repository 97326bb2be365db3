import { releases } from '@lgtm-fleet/releases';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { missingComponents } from './images.ts';
import { COLLECTOR_FILE, SOURCES_FILE } from './stand-ins.ts';

const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-images-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the collectors that stand in for Alloy are the pinned Prometheus', () => {
  const pinned = `${releases.prometheus.image}:${releases.prometheus.tag}`;
  expect(missingComponents([COLLECTOR_FILE, SOURCES_FILE], [pinned])).toEqual([
    { component: 'collector', image: pinned },
    { component: 'sources', image: pinned },
  ]);
});

test('a component is missing where any of its images is', () => {
  const manifests = (image: string) => `kind: Pod\nspec:\n  containers:\n    - image: ${image}\n---\nkind: Service\n`;
  writeFileSync(join(folder, 'loki.yaml'), manifests('grafana/loki:3'));
  writeFileSync(join(folder, 'tempo.yaml'), manifests('grafana/tempo:3'));
  const files = readdirSync(folder).map((file) => join(folder, file));
  expect(missingComponents(files, ['grafana/tempo:3', 'other:1'])).toEqual([
    { component: 'tempo', image: 'grafana/tempo:3' },
  ]);
});
