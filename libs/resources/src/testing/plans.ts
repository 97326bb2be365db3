import type { Plan } from '@lgtm-fleet/plan';
import { stringify } from '@lgtm-fleet/yaml';
import type { Emit } from '../types.ts';

/**
 * Every configuration file of a component as text.
 *
 * @throws Error when the plan has no such component, or a file of it is not YAML.
 */
export function yamlFiles(emit: Emit, plan: Plan, component: string) {
  const found = plan.components.find(({ name }) => name === component);
  if (found === undefined) throw new Error(`${plan.cluster} has no ${component}`);
  return emit(plan, found).configFiles.map((file) => {
    if (file.form !== 'yaml') throw new Error(`${file.name} is not YAML`);
    return { ...file, text: stringify(file.value, { comments: file.comments ?? {} }) };
  });
}
