import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan, type Plan } from '@lgtm-fleet/plan';
import { parse as parseSpec, type ClusterSpec } from '@lgtm-fleet/spec';
import { parse as parseYaml } from 'yaml';
import { fleet } from './plans.ts';

const root = join(import.meta.dirname, '../../../..');

function specOf(cluster: string): ClusterSpec {
  const path = join(root, 'clusters', cluster, 'cluster.yaml');
  const parsed = parseSpec({ path, text: readFileSync(path, 'utf8') });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value.cluster;
}

/**
 * The plan of one of the example clusters; of a hub, for an edge is planned together with its own.
 *
 * @param changed what its spec says otherwise
 */
export function examplePlan(cluster: string, changed: Partial<ClusterSpec['spec']> = {}): Plan {
  const file = specOf(cluster);
  return plan({ ...file, spec: { ...file.spec, ...changed } }, fleet);
}

/** Plans of all example clusters that are hubs. */
export function hubPlans(): readonly Plan[] {
  return readdirSync(join(root, 'clusters'))
    .filter((name) => existsSync(join(root, 'clusters', name, 'cluster.yaml')))
    .map(specOf)
    .filter(({ spec }) => spec.role === 'hub')
    .map((spec) => plan(spec, fleet));
}

/** Arguments of the main container of a workload in `base/`. */
export function baseArguments(file: string): readonly string[] {
  const workload = parseYaml(readFileSync(join(root, 'base', file), 'utf8')) as {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] } };
    };
  };
  return workload.spec.template.spec.containers[0]?.args ?? [];
}
