import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';

const root = join(import.meta.dirname, '../../../..');

/** Arguments of the main container of a workload in `base/`. */
export function baseArguments(file: string): readonly string[] {
  const workload = parseYaml(readFileSync(join(root, 'base', file), 'utf8')) as {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] } };
    };
  };
  return workload.spec.template.spec.containers[0]?.args ?? [];
}
