import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';

/** Project configurations by their root folder, as Nx wants them. */
type Projects = Record<string, ProjectConfiguration>;

export interface Cluster {
  readonly name: string;
  /** Folders of `base/` that its overlays reach. */
  readonly bases: readonly string[];
  /** The cluster that it ships to; an edge's overlays say where that one takes its telemetry. */
  readonly hub?: string;
  /** False until its overlays have been generated for the first time. */
  readonly hasOverlays: boolean;
  /** Files among its generated ones that are somebody else's. */
  readonly foreignFiles: readonly string[];
}

/** A folder that clusters depend on and that has nothing to run; its name is its path. */
export function folderProject(folder: string): Projects {
  return { [folder]: { root: folder, name: folder, projectType: 'library', tags: ['manifests'] } };
}

/** The project of one cluster, and one for its overlays, which do not lie in the cluster's folder. */
export function clusterProjects(cluster: Cluster): Projects {
  const root = `clusters/${cluster.name}`;
  const overlays = `overlays/${cluster.name}`;
  const project: ProjectConfiguration = {
    root,
    name: cluster.name,
    projectType: 'application',
    tags: ['cluster'],
    metadata: { description: `The stack on the cluster ${cluster.name}` },
    implicitDependencies: ['tools', ...cluster.bases, ...(cluster.hasOverlays ? [overlays] : [])],
    targets: clusterTargets(cluster),
  };
  return { [root]: project, ...(cluster.hasOverlays ? folderProject(overlays) : {}) };
}

function clusterTargets({ name, hub, bases, foreignFiles }: Cluster): Record<string, TargetConfiguration> {
  const generated = [
    '{projectRoot}/kustomization.yaml',
    '{projectRoot}/applications',
    `{workspaceRoot}/overlays/${name}`,
  ];
  const sources = [
    '{projectRoot}/cluster.yaml',
    '{projectRoot}/patches/**/*',
    '{projectRoot}/secrets/**/*',
    ...(hub === undefined ? [] : [`{workspaceRoot}/clusters/${hub}/cluster.yaml`]),
    ...(bases.length > 0 ? [{ input: 'kustomization', projects: [...bases] }] : []),
    'tools',
  ];
  const everything = [
    ...sources,
    '{projectRoot}/kustomization.yaml',
    '{projectRoot}/applications/**/*',
    `{workspaceRoot}/overlays/${name}/**/*`,
  ];
  return {
    generate: {
      ...command(`generate-overlay --cluster ${name}`, 'Writes the overlays and Applications from cluster.yaml'),
      // Nx empties the outputs before it fills them from its cache. With other people's files among the
      // inputs it only does so when the cache holds those very files too, so none gets lost.
      inputs: [...sources, ...foreignFiles.map((path) => `{workspaceRoot}/${path}`)],
      outputs: generated,
    },
    render: {
      ...command(`render --cluster ${name}`, 'Builds every overlay with Kustomize'),
      inputs: [...everything, { env: 'KUSTOMIZE' }],
      outputs: [],
    },
    lint: {
      ...command(
        `lint --cluster ${name}`,
        'Finds what breaks between the components of this cluster, at the place that a person edits',
      ),
      inputs: everything,
      outputs: [],
    },
  };
}

function command(args: string, description: string): TargetConfiguration {
  return {
    command: `node tools/src/main.ts ${args}`,
    options: { cwd: '{workspaceRoot}' },
    cache: true,
    metadata: { description },
  };
}
