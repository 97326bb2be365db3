import { plan, type ComponentPlan, type Plan } from '@lgtm-fleet/plan';
import {
  applicationFiles,
  EDGE,
  edgeFiles,
  foldersRead,
  overlayFiles,
  plainHeader,
  type FileTree,
  type HandWritten,
} from '@lgtm-fleet/overlay';
import type { KustomizeDependencies, ReadFile } from '@lgtm-fleet/render';
import { clusterPage, edgePages } from '@lgtm-fleet/report';
import { emitters, rulesByHand, type WrittenRules } from '@lgtm-fleet/resources';
import { runbookPages } from '@lgtm-fleet/runbooks';
import type { ClusterSpec } from '@lgtm-fleet/spec';

export interface TreeInputs {
  readonly cluster: ClusterSpec;
  /** Every valid cluster, for an edge's hub. */
  readonly fleet: readonly ClusterSpec[];
  readonly repository: string;
  /** Text of a file of the repository, by its path from the root. */
  readonly readFile: ReadFile;
  /** What a person has written for the rulers of a cluster; nothing unless said. */
  readonly rules?: (cluster: string) => readonly WrittenRules[];
  /** Walks kustomizations on disk; one for all clusters, since they share their bases. */
  readonly walk: (...folders: readonly string[]) => KustomizeDependencies;
}

export function planOf({ cluster, fleet, repository }: Pick<TreeInputs, 'cluster' | 'fleet' | 'repository'>): Plan {
  const hub = fleet.find(({ metadata }) => metadata.name === cluster.spec.hub);
  return plan(cluster, { repository, ...(hub !== undefined && { hub }) });
}

/** Every file that belongs to one cluster and is not written by hand. */
export function clusterTree(inputs: TreeInputs): FileTree {
  const { readFile, walk } = inputs;
  const planned = planOf(inputs);
  const { cluster: name } = planned;
  const overlays = new Map<string, string>();
  const isThere = (folder: string) => readFile(`clusters/${name}/${folder}/kustomization.yaml`) !== undefined;
  const handWritten = (component: ComponentPlan): HandWritten => ({
    patches: isThere(`patches/${component.name}`),
    secrets: component.name === 'secrets' && isThere('secrets'),
  });
  const byHand = { rules: rulesByHand(planned, inputs.rules?.(name) ?? []).groups };
  for (const component of planned.components) {
    const own = emitters[component.name](planned, component, byHand);
    for (const [path, text] of overlayFiles(planned, component, own, handWritten(component))) overlays.set(path, text);
  }
  const applications = applicationFiles(planned, (component) => {
    const { base, sealed, variants, patches } = foldersRead(planned, component, handWritten(component));
    return walk(...base, ...sealed, ...variants, ...patches).folders;
  });
  const generatedBy = plainHeader(planned);
  const pages = [...edgePages(planned, generatedBy)].map(
    ([folder, page]) => [`overlays/${name}/${EDGE}/${folder}/README.md`, page] as const,
  );
  return new Map([
    ...overlays,
    ...edgeFiles(planned),
    ...pages,
    ...runbookPages(planned, generatedBy, readFile),
    [`overlays/${name}/README.md`, clusterPage(planned, generatedBy)],
    ...applications,
  ]);
}
