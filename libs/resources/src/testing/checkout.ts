import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';

const root = join(import.meta.dirname, '../../../..');

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
}

interface Pod {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}

function podOf(file: string): Pod {
  const workload = parseYaml(readFileSync(join(root, 'base', file), 'utf8')) as {
    readonly spec: { readonly template: { readonly spec: Pod } };
  };
  return workload.spec.template.spec;
}

/** Arguments of the main container of a workload in `base/`. */
export function baseArguments(file: string): readonly string[] {
  return podOf(file).containers[0]?.args ?? [];
}

/** What the shell of an init container in `base/` is given to run. */
export function baseScript(file: string, name: string): string {
  return (
    podOf(file)
      .initContainers?.find((one) => one.name === name)
      ?.args?.at(-1) ?? ''
  );
}
