import { checkWiring, parseAlloy } from '@lgtm-fleet/alloy';
import type { Plan } from '@lgtm-fleet/plan';
import { checkFile } from '../alloy-syntax/check.ts';
import { planOf } from '../testing/plans.ts';
import type { ComponentResources } from '../types.ts';
import { alloySources } from './resources.ts';

/** The plan of a cluster with these sources. */
export function planWith(...sources: readonly object[]): Plan {
  return planOf({ ingest: { sources } });
}

export function resourcesWith(...sources: readonly object[]): ComponentResources {
  const plan = planWith(...sources);
  const component = plan.components.find(({ name }) => name === 'alloy-sources');
  if (component === undefined) throw new Error('the plan has no alloy-sources');
  return alloySources(plan, component);
}

/** What the collector is configured with. */
export function configWith(...sources: readonly object[]): string {
  const [file] = resourcesWith(...sources).configFiles;
  return file?.form === 'text' ? file.text : '';
}

/** What our own check of the text and that of the wiring find; none where Alloy would load it. */
export function faultsOf(text: string): readonly string[] {
  const { file, faults } = parseAlloy(text);
  return [...checkFile(text), ...[...faults, ...checkWiring(file)].map(({ message }) => message)];
}
