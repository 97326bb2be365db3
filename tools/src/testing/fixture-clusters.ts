import { dependencyWalk } from '@lgtm-fleet/render';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadFleet } from '../workspace/clusters.ts';
import { cachedReader } from '../workspace/read.ts';
import { clusterTree } from '../workspace/tree.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/clusters');
const REPOSITORY = 'https://github.com/lgtm-fleet/lgtm-fleet.git';

/** Adds the clusters of the fixtures, which have what no example has, to a copy of the checkout, and generates theirs. */
export function addFixtureClusters(root: string): readonly string[] {
  const names = readdirSync(FOLDER);
  for (const name of names) cpSync(join(FOLDER, name), join(root, 'clusters', name), { recursive: true });
  const fleet = loadFleet(root).clusters.map(({ cluster }) => cluster);
  const readFile = cachedReader(root);
  const walk = dependencyWalk(readFile);
  for (const cluster of fleet.filter(({ metadata }) => names.includes(metadata.name))) {
    for (const [path, text] of clusterTree({ cluster, fleet, repository: REPOSITORY, readFile, walk })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  return names;
}
