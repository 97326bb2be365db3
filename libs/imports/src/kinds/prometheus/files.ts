import type { SourceFile } from '@lgtm-fleet/spec';
import { child, entriesOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';

const MAIN = /(?:^|\n)(?:scrape_configs|global|rule_files|scrape_config_files|remote_write):/;

/** `prometheus.yml`, else the only one that looks like it; of several, the one that is least deep. */
export function mainFile(files: readonly SourceFile[]): SourceFile | undefined {
  if (files.length === 1) return files[0];
  const depth = ({ path }: SourceFile): number => path.split('/').length;
  const candidates = files
    .filter(({ path, text }) => /\.ya?ml$/.test(path) && MAIN.test(text))
    .toSorted((left, right) => depth(left) - depth(right));
  return candidates.find(({ path }) => /(?:^|\/)prometheus\.ya?ml$/.test(path)) ?? candidates[0];
}

/** The modules of blackbox_exporter, of a file that has them. */
export function modulesIn(files: readonly SourceFile[], ledger: Ledger): ReadonlyMap<string, SourceNode> | undefined {
  const file = files.find(
    ({ path, text }) => /\.ya?ml$/.test(path) && /(?:^|\n)modules:/.test(text) && /\n\s+prober:/.test(text),
  );
  if (file === undefined) return undefined;
  const modules = ledger.documents(file).flatMap((document) => entriesOf(child(document, 'modules')));
  // What a job uses says more later.
  for (const [, module] of modules) ledger.carried(module, 'nothing: no job uses this module');
  return new Map(modules);
}
