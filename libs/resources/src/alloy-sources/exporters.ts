import type { SourcePlan } from '@lgtm-fleet/plan';
import type { ComponentName } from '../alloy-syntax/components/index.ts';
import { call, reference } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { instanceIs } from './instance.ts';
import type { Targets } from './kinds/kind.ts';

type Exporter = Extract<ComponentName, `prometheus.exporter.${string}`>;

/** An exporter for each server, whose series say by `instance` which one they are about. */
export function exporterOfEach<T>(
  name: Exporter,
  { source, label, servers }: { readonly source: SourcePlan; readonly label: string; readonly servers: readonly T[] },
  addressOf: (server: T) => string,
  blocksOf: (server: T, label: string) => readonly Block[],
): Targets {
  const own = servers.map((server, index) => ({ server, label: `${label}_${String(index + 1)}` }));
  const targets = own.map((one) => reference(`${name}.${one.label}.targets`));
  const [first] = targets;
  return {
    blocks: own.flatMap((one) => blocksOf(one.server, one.label)),
    targets: first !== undefined && targets.length === 1 ? first : call('array.concat', ...targets),
    rules: own.flatMap((one) => instanceIs(source, addressOf(one.server), `${name}.${one.label}`)),
  };
}
