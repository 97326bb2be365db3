import { plan, type Plan } from '@lgtm-fleet/plan';
import { applicationFiles, GENERATED, overlayFiles, type FileTree } from '@lgtm-fleet/overlay';
import { dependencyWalk, type ReadFile } from '@lgtm-fleet/render';
import { clusterPage } from '@lgtm-fleet/report';
import { emitters } from '@lgtm-fleet/resources';
import type { ClusterSpec } from '@lgtm-fleet/spec';

export interface TreeInputs {
  readonly cluster: ClusterSpec;
  /** Every valid cluster, for an edge's hub. */
  readonly fleet: readonly ClusterSpec[];
  readonly repository: string;
  /** Text of a file of the repository, by its path from the root. */
  readonly readFile: ReadFile;
}

export function planOf({ cluster, fleet, repository }: Pick<TreeInputs, 'cluster' | 'fleet' | 'repository'>): Plan {
  const hub = fleet.find(({ metadata }) => metadata.name === cluster.spec.hub);
  return plan(cluster, { repository, ...(hub !== undefined && { hub }) });
}

/** Every file that belongs to one cluster and is not written by hand. */
export function clusterTree(inputs: TreeInputs): FileTree {
  const { readFile } = inputs;
  const planned = planOf(inputs);
  const { cluster: name } = planned;
  const overlays = new Map<string, string>();
  for (const component of planned.components) {
    const handPatched = readFile(`clusters/${name}/patches/${component.name}/kustomization.yaml`) !== undefined;
    const own = emitters[component.name](planned, component);
    for (const [path, text] of overlayFiles(planned, component, own, handPatched)) overlays.set(path, text);
  }
  // What a rendering reads is found by walking the very files that it will read: the generated ones, then the disk.
  const walk = dependencyWalk(
    (path) => overlays.get(path) ?? (path.startsWith(`overlays/${name}/`) ? undefined : readFile(path)),
  );
  const applications = applicationFiles(planned, (component) => {
    const folder = `overlays/${name}/${component.name}`;
    return walk(folder).folders.filter((path) => path !== folder && !path.startsWith(`${folder}/`));
  });
  const page = clusterPage(planned, [
    `${GENERATED} from ${planned.specPath}. Do not edit: change the spec`,
    'and run `nx run tools:generate-overlay`.',
  ]);
  return new Map([...overlays, [`overlays/${name}/README.md`, page], ...applications]);
}
