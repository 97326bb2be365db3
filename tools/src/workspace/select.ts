import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { nearest, visible } from '@lgtm-fleet/diagnostics';
import type { ParsedCluster } from '@lgtm-fleet/spec';
import type { LoadedFleet } from './clusters.ts';
import { problem, type Problem } from './problem.ts';

export interface Selection {
  readonly clusters: readonly ParsedCluster[];
  /** What keeps the selected clusters from being worked on. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One cluster by name, with its hub's faults, or all of them. */
export function select(fleet: LoadedFleet, name: string | undefined): Selection | Problem {
  if (name === undefined) return { clusters: fleet.clusters, diagnostics: fleet.diagnostics };
  if (!fleet.names.includes(name)) {
    const meant = nearest(name, fleet.names);
    const known =
      fleet.names.length === 0
        ? 'there is none yet; `nx run tools:new-cluster` makes one'
        : `there is ${fleet.names.map(visible).join(', ')}`;
    return problem(
      `there is no cluster '${visible(name.slice(0, 80))}'`,
      meant === undefined ? known : `did you mean '${visible(meant)}'?`,
    );
  }
  const own = fleet.clusters.find(({ source }) => source.path === `clusters/${name}/cluster.yaml`);
  const files = new Set([`clusters/${name}/cluster.yaml`, `clusters/${own?.cluster.spec.hub ?? name}/cluster.yaml`]);
  return {
    clusters: own === undefined ? [] : [own],
    diagnostics: fleet.diagnostics.filter(({ file }) => files.has(file)),
  };
}
