import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterSchema, parse, type ClusterSpec } from '@lgtm-fleet/spec';
import { plan } from './plan.ts';
import type { Plan } from './types.ts';

/** Plans for tests: of a `spec` as one writes it, and of the example clusters. */

/** What every test takes for the fleet. */
export const fleet = { repository: 'https://git.example.com/fleet.git' };

/** The plan of a cluster file with this `spec`. */
export function planOf(spec: Readonly<Record<string, unknown>>, name = 'test'): Plan {
  const file = { apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name }, spec };
  return plan(clusterSchema.parse(file), fleet);
}

const clusters = join(import.meta.dirname, '../../../clusters');

function exampleSpec(cluster: string): ClusterSpec {
  const path = join(clusters, cluster, 'cluster.yaml');
  const parsed = parse({ path, text: readFileSync(path, 'utf8') });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value.cluster;
}

/**
 * The plan of one of the example clusters; an edge is planned together with its hub.
 *
 * @param changed what its spec says otherwise
 */
export function examplePlan(cluster: string, changed: Partial<ClusterSpec['spec']> = {}): Plan {
  const file = exampleSpec(cluster);
  const { hub } = file.spec;
  return plan(
    { ...file, spec: { ...file.spec, ...changed } },
    { ...fleet, ...(hub !== undefined && { hub: exampleSpec(hub) }) },
  );
}

/** Plans of all example clusters. */
export function examplePlans(): readonly Plan[] {
  return readdirSync(clusters)
    .filter((name) => existsSync(join(clusters, name, 'cluster.yaml')))
    .map((name) => examplePlan(name));
}

/** Plans of all example clusters that are hubs. */
export function hubPlans(): readonly Plan[] {
  return examplePlans().filter(({ role }) => role === 'hub');
}
