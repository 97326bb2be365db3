import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A checkout of its own: the bases, and the large example under as many names as are asked for, in twenty sizes. */
export function makeCheckout(root: string, size: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-bench-'));
  cpSync(join(root, 'base'), join(folder, 'base'), { recursive: true });
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

export function nameOf(index: number): string {
  return `bench-${String(index).padStart(3, '0')}`;
}
