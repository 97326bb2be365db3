import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenRules } from '@lgtm-fleet/resources';

const STORES = ['metrics', 'logs'] as const;

/** The files of `clusters/<cluster>/rules/<tenant>/<metrics|logs>/`; others beside them are for no ruler. */
export function readRulesByHand(root: string, cluster: string): readonly WrittenRules[] {
  const folder = `clusters/${cluster}/rules`;
  return foldersIn(root, folder).flatMap((tenant) =>
    STORES.flatMap((store) => {
      const own = `${folder}/${tenant}/${store}`;
      return entriesOf(root, own)
        .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
        .map(({ name }) => name)
        .toSorted()
        .map((name) => {
          const path = `${own}/${name}`;
          const text = readFileSync(join(root, path), 'utf8');
          return { path, tenant, store, name: name.replace(/\.ya?ml$/, ''), text };
        });
    }),
  );
}

function foldersIn(root: string, folder: string): readonly string[] {
  return entriesOf(root, folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

function entriesOf(root: string, folder: string) {
  const path = join(root, folder);
  return existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
}
