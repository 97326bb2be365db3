import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A checkout of its own in a folder: the bases, the pages, and the large example under as many names as are asked for, in twenty
 * sizes.
 */
export function makeCheckout(root: string, size: number, within: string): string {
  const folder = mkdtempSync(join(within, 'lgtm-fleet-bench-'));
  cpSync(join(root, 'base'), join(folder, 'base'), { recursive: true });
  cpSync(join(root, 'docs/runbooks'), join(folder, 'docs/runbooks'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  const example = readFileSync(join(root, 'clusters/prod-eu/cluster.yaml'), 'utf8');
  for (let index = 0; index < size; index += 1) {
    const name = nameOf(index);
    mkdirSync(join(folder, 'clusters', name), { recursive: true });
    const text = example
      .replaceAll('prod-eu', name)
      .replaceAll('.eu.example.com', `.${name}.example.com`)
      .replace('3M', `${String(1 + (index % 5))}M`)
      .replace('400GB', `${String(150 * (1 + (index % 4)))}GB`)
      // What a tenant may send follows from the load again, which is smaller for some.
      .replace(/^ +limits: .*\n/m, '');
    writeFileSync(join(folder, 'clusters', name, 'cluster.yaml'), text);
  }
  return folder;
}

/**
 * Takes what an earlier round generated out of the way, without removing it: for five minutes ext4 passes over the
 * places of removed files, one by one, whenever it makes a file (`recently_deleted`), and a round behind a thousand
 * removals would take three times as long as the same files take a user.
 */
export function setAside(root: string, round: number): void {
  if (round === 0) return;
  renameSync(join(root, 'overlays'), join(root, `overlays-${String(round)}`));
}

export function nameOf(index: number): string {
  return `bench-${String(index).padStart(3, '0')}`;
}
