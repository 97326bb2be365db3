import { get, list, number, object, strings, text, type Json, type JsonObject, type Path } from './json.ts';
import { selects, type Manifest } from './manifest.ts';

/** Something that makes pods. */
export interface Workload {
  readonly manifest: Manifest;
  readonly kind: WorkloadKind;
  readonly name: string;
  readonly namespace: string;
  /** As written; 1 where a Deployment or StatefulSet says nothing, `undefined` for the other kinds. */
  readonly replicas: number | undefined;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** The pod's spec, and where it stands in the manifest. */
  readonly pod: JsonObject;
  readonly podPath: Path;
  readonly containers: readonly Container[];
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

export interface Container {
  readonly name: string;
  readonly init: boolean;
  /** As written: `grafana/loki:3.7.8`. */
  readonly image: string;
  /** Last part of the image's name, without tag and digest: `loki`. */
  readonly program: string;
  /** Empty where the image names none. */
  readonly tag: string;
  /** Command and arguments, in order. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, Json>>;
  readonly ports: readonly ContainerPort[];
  readonly body: JsonObject;
  /** Where it stands in the manifest. */
  readonly path: Path;
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
}

const POD_PATHS: Readonly<Record<WorkloadKind, Path>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

/** The workload that a manifest is; `undefined` for other kinds. */
export function workloadOf(manifest: Manifest): Workload | undefined {
  const kind = WORKLOAD_KINDS.find((known) => known === manifest.kind);
  if (kind === undefined) return undefined;
  const template = POD_PATHS[kind];
  const podPath = [...template, 'spec'];
  const pod = object(manifest.body, ...podPath);
  const scalable = kind === 'Deployment' || kind === 'StatefulSet';
  const { name, namespace } = manifest;
  return {
    manifest,
    kind,
    name,
    namespace,
    replicas: scalable ? (number(manifest.body, 'spec', 'replicas') ?? 1) : undefined,
    labels: strings(manifest.body, ...template, 'metadata', 'labels'),
    pod,
    podPath,
    containers: [
      ...list(pod, 'initContainers').map((body, index) => container(body, true, [...podPath, 'initContainers', index])),
      ...list(pod, 'containers').map((body, index) => container(body, false, [...podPath, 'containers', index])),
    ],
  };
}

/** Workloads whose pods a LabelSelector (`matchLabels`, `matchExpressions`) takes, in one namespace. */
export function selectedBy(
  selector: Json | undefined,
  namespace: string,
  workloads: readonly Workload[],
): readonly Workload[] {
  return workloads.filter((workload) => workload.namespace === namespace && selects(selector, workload.labels));
}

function container(value: Json, init: boolean, path: Path): Container {
  const image = text(value, 'image') ?? '';
  const [reference = ''] = image.split('@');
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  const [program = '', tag = ''] = last.split(':');
  return {
    name: text(value, 'name') ?? '',
    init,
    image,
    program,
    tag,
    args: [...list(value, 'command'), ...list(value, 'args')].filter((arg) => typeof arg === 'string'),
    env: Object.fromEntries(list(value, 'env').map((entry) => [text(entry, 'name') ?? '', entry])),
    ports: list(value, 'ports').map((port) => ({
      name: text(port, 'name'),
      port: number(port, 'containerPort') ?? 0,
      protocol: text(port, 'protocol') ?? 'TCP',
    })),
    body: object(value),
    path,
  };
}

/** The volume of a pod by its name; claims of a StatefulSet's templates are volumes too. */
export function volumeOf(workload: Workload, name: string): Json | undefined {
  const volume = list(workload.pod, 'volumes').find((entry) => text(entry, 'name') === name);
  if (volume !== undefined) return volume;
  return list(workload.manifest.body, 'spec', 'volumeClaimTemplates').find(
    (claim) => text(claim, 'metadata', 'name') === name,
  );
}

/** Where the arguments of a container stand: `args`, or `command` where there are none. */
export function argPath(container: Container, index: number): Path {
  const commands = list(container.body, 'command').length;
  const inCommand = index < commands || get(container.body, 'args') === undefined;
  return [...container.path, inCommand ? 'command' : 'args', inCommand ? index : index - commands];
}
