import { workloadOf, type Json, type Manifest, type Workload } from '@lgtm-fleet/manifests';
import type { Plan } from '@lgtm-fleet/plan';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { configFiles, type ConfigFile } from './config-file.ts';
import { programOf, type Program } from './program.ts';

/** A YAML file of the repository that a build reads. */
export interface SourceDocument {
  readonly file: string;
  readonly value: Json;
}

/** A file of the repository that no build reads, as it is. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** What the linter is told of one cluster. */
export interface ClusterInput {
  readonly spec: ClusterSpec;
  readonly plan: Plan;
  /** What every folder of the cluster builds to: `clusters/<name>` and each overlay. */
  readonly manifests: readonly Manifest[];
  /** The kustomizations that those builds read, bases too. */
  readonly kustomizations: readonly SourceDocument[];
  /** What a person committed below `clusters/<name>/secrets/`, read by no build where SOPS encrypted it. */
  readonly secretFiles: readonly SourceDocument[];
  /** What machines and senders outside the cluster are given, below `overlays/<name>/edge/`. */
  readonly edgeFiles?: readonly SourceText[];
  /** The same cluster at the revision that a pull request starts from, where there is one. */
  readonly base?: ClusterInput;
}

/** One cluster as rules see it: everything looked up once. */
export interface ClusterView {
  readonly name: string;
  readonly spec: ClusterSpec;
  readonly plan: Plan;
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly Workload[];
  /** Every container that is no init container, as a program. */
  readonly programs: readonly Program[];
  readonly configs: readonly ConfigFile[];
  readonly kustomizations: readonly SourceDocument[];
  readonly secretFiles: readonly SourceDocument[];
  readonly edgeFiles: readonly SourceText[];
  readonly base?: ClusterView;
  readonly ofKind: (kind: string) => readonly Manifest[];
  readonly find: (kind: string, name: string, namespace?: string) => Manifest | undefined;
  /** Programs by the name of their image: `programsOf('loki')`. */
  readonly programsOf: (name: string) => readonly Program[];
}

export function clusterView(input: ClusterInput): ClusterView {
  const { spec, plan, manifests, kustomizations, secretFiles } = input;
  const byKind = Map.groupBy(manifests, ({ kind }) => kind);
  const ofKind = (kind: string): readonly Manifest[] => byKind.get(kind) ?? [];
  const workloads = manifests.map(workloadOf).filter((workload) => workload !== undefined);
  const configs = ofKind('ConfigMap').flatMap(configFiles);
  const configsByName = Map.groupBy(configs, ({ manifest }) => `${manifest.namespace}/${manifest.name}`);
  const programs = workloads.flatMap((workload) =>
    workload.containers.filter(({ init }) => !init).map((container) => programOf(workload, container, configsByName)),
  );
  const programsByName = Map.groupBy(programs, ({ name }) => name);
  return {
    name: spec.metadata.name,
    spec,
    plan,
    manifests,
    workloads,
    programs,
    configs,
    kustomizations,
    secretFiles,
    edgeFiles: input.edgeFiles ?? [],
    ...(input.base !== undefined && { base: clusterView(input.base) }),
    ofKind,
    find: (kind, name, namespace) =>
      ofKind(kind).find(
        (manifest) => manifest.name === name && (namespace === undefined || manifest.namespace === namespace),
      ),
    programsOf: (name) => programsByName.get(name) ?? [],
  };
}
