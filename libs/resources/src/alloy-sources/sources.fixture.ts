import { checkWiring, parseAlloy } from '@lgtm-fleet/alloy';
import { plan, type Plan } from '@lgtm-fleet/plan';
import { parseValue } from '@lgtm-fleet/spec/testing';
import { componentPlan } from '../alloy/plan.fixture.ts';
import { checkFile } from '../alloy-syntax/check.ts';
import { parseFile, type ParsedBlock } from '../alloy-syntax/parse.ts';
import type { ComponentResources } from '../types.ts';
import { alloySources } from './resources.ts';

/** The plan of a cluster with these sources, as its file has them. */
export function planWith(...sources: readonly object[]): Plan {
  const cluster = parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'test' },
    spec: { load: { metrics: { activeSeries: '3M' } }, objectStorage: { seaweedfs: {} }, ingest: { sources } },
  });
  return plan(cluster, { repository: 'https://git.example.com/fleet.git' });
}

export function resourcesWith(...sources: readonly object[]): ComponentResources {
  return alloySources(planWith(...sources), componentPlan({ name: 'alloy-sources' }));
}

/** What Alloy is given. */
export function configOf(planned: Plan): string {
  const [file] = alloySources(planned, componentPlan({ name: 'alloy-sources' })).configFiles;
  return file?.form === 'text' ? file.text : '';
}

export function configWith(...sources: readonly object[]): string {
  return configOf(planWith(...sources));
}

/** What our own check of the text and that of the wiring find; none where Alloy would load it. */
export function faultsOf(text: string): readonly string[] {
  const { file, faults } = parseAlloy(text);
  return [...checkFile(text), ...[...faults, ...checkWiring(file)].map(({ message }) => message)];
}

/** A component of it, as its tokens: `block(text, 'local.file', 'shop_1')`. */
export function block(text: string, name: string, label: string): ParsedBlock {
  const found = parseFile(text).find((one) => one.name === name && one.label === label);
  if (found === undefined) throw new Error(`there is no ${name}.${label}`);
  return found;
}

/** The steps of a source on its targets, as `label = value` and so on. */
export function steps(text: string, label: string): readonly Readonly<Record<string, string>>[] {
  return block(text, 'discovery.relabel', label).blocks.map(({ attributes }) =>
    Object.fromEntries([...attributes].map(([name, tokens]) => [name, tokens.join('')])),
  );
}
