import { get, list, text, volumeOf, type Json, type Path } from '@lgtm-fleet/manifests';
import { inManifest } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import { runs } from './rings.ts';
import { flag, setting, type Program } from './program.ts';
import { isLiteral } from './stores.ts';

/** A folder in which a program writes. */
export interface DataFolder {
  readonly program: Program;
  /** As messages name it: `write-ahead log`. */
  readonly what: string;
  readonly path: string;
  /** True where nobody else has what lies in it. */
  readonly durable: boolean;
  readonly place: Place;
}

interface FolderKey {
  readonly program: string;
  /** The modules that write there; every one of them unless said. */
  readonly modules?: readonly string[];
  readonly what: string;
  readonly path: Path;
  readonly durable: boolean;
  /** Name of the folder below Loki's `common.path_prefix` where the key is not set. */
  readonly under?: string;
}

// What the pinned versions write, by the section of their reference that says so.
const KEYS: readonly FolderKey[] = [
  loki(['ingester'], 'write-ahead log', ['ingester', 'wal', 'dir'], true, 'wal'),
  loki(
    ['ingester'],
    'index that is not uploaded yet',
    ['storage_config', 'tsdb_shipper', 'active_index_directory'],
    true,
    'tsdb-shipper-active',
  ),
  loki(['compactor'], 'list of what to delete', ['compactor', 'working_directory'], true, 'compactor'),
  loki(['ruler'], 'write-ahead log of rules', ['ruler', 'wal', 'dir'], false),
  loki(['ruler'], 'rules', ['ruler', 'rule_path'], false, 'rules-temp'),
  loki(undefined, 'chunks', ['storage_config', 'object_store', 'filesystem', 'dir'], true),
  loki(undefined, 'chunks', ['storage_config', 'filesystem', 'directory'], true),
  loki(undefined, 'chunks', ['common', 'storage', 'filesystem', 'chunks_directory'], true),
  mimir(['ingester'], 'write-ahead log', ['blocks_storage', 'tsdb', 'dir'], true),
  mimir(['store-gateway'], 'index headers', ['blocks_storage', 'bucket_store', 'sync_dir'], false),
  mimir(['compactor'], 'blocks at work', ['compactor', 'data_dir'], false),
  mimir(['alertmanager'], 'silences', ['alertmanager', 'data_dir'], true),
  mimir(['ruler'], 'rules', ['ruler', 'rule_path'], false),
  mimir(undefined, 'activity log', ['activity_tracker', 'filepath'], false),
  mimir(undefined, 'blocks', ['blocks_storage', 'filesystem', 'dir'], true),
  tempo(undefined, 'blocks', ['storage', 'trace', 'local', 'path'], true),
  tempo(['live-store', 'block-builder'], 'write-ahead log', ['storage', 'trace', 'wal', 'path'], false),
  tempo(['live-store'], 'live traces', ['live_store', 'wal', 'path'], false),
  tempo(['metrics-generator'], 'write-ahead log', ['metrics_generator', 'storage', 'path'], true),
  tempo(['backend-scheduler'], 'list of jobs', ['backend_scheduler', 'local_work_path'], true),
];

/** The folders that the programs of the stores write to, as far as their files and flags name them. */
export function dataFolders(cluster: ClusterView): readonly DataFolder[] {
  return cluster.programs.flatMap((program) => [...byKey(program), ...ofPrometheus(program)]);
}

function byKey(program: Program): readonly DataFolder[] {
  return KEYS.flatMap(({ program: name, modules, what, path, durable, under }) => {
    if (program.name !== name) return [];
    if (modules !== undefined && !modules.some((module) => runs(program, module))) return [];
    const own = setting(program, ...path);
    const root = under === undefined ? undefined : setting(program, 'common', 'path_prefix');
    const found = own ?? root;
    if (found === undefined || !isLiteral(found.value) || !found.value.startsWith('/')) return [];
    const folder = own === undefined ? `${trimmed(found.value)}/${under ?? ''}` : trimmed(found.value);
    return [{ program, what, path: folder, durable, place: found.place }];
  });
}

function ofPrometheus(program: Program): readonly DataFolder[] {
  const path = program.name === 'prometheus' ? flag(program, 'storage.tsdb.path') : undefined;
  if (path === undefined || !isLiteral(path.value) || !path.value.startsWith('/')) return [];
  return [{ program, what: 'series', path: trimmed(path.value), durable: true, place: path.place }];
}

/** What a folder of a container lies on. */
export interface Mount {
  readonly name: string;
  readonly readOnly: boolean;
  /** The volume's kind: `emptyDir`, `configMap`, `persistentVolumeClaim` … */
  readonly kind: string;
  readonly volume: Json;
  /** Of the volume, or of the claim's template. */
  readonly place: Place;
  readonly mountPlace: Place;
}

/** The mount that a path of a container lies below: the deepest of all that hold it. */
export function mountOf({ workload, container }: Program, path: string): Mount | undefined {
  const mounts = list(container.body, 'volumeMounts')
    .map((mount, index) => ({ mount, index, at: trimmed(text(mount, 'mountPath') ?? '') }))
    .filter(({ at }) => at === '' || path === at || path.startsWith(`${at}/`))
    .toSorted((left, right) => right.at.length - left.at.length);
  const [deepest] = mounts;
  const name = text(deepest?.mount, 'name');
  const volume = name === undefined ? undefined : volumeOf(workload, name);
  if (deepest === undefined || name === undefined || volume === undefined) return undefined;
  const index = list(workload.pod, 'volumes').findIndex((entry) => text(entry, 'name') === name);
  const claim = list(workload.manifest.body, 'spec', 'volumeClaimTemplates').findIndex(
    (entry) => text(entry, 'metadata', 'name') === name,
  );
  const kind = index < 0 ? 'persistentVolumeClaim' : kindOf(volume);
  const at: Path = index < 0 ? ['spec', 'volumeClaimTemplates', claim] : [...workload.podPath, 'volumes', index, kind];
  return {
    name,
    readOnly: get(deepest.mount, 'readOnly') === true,
    kind,
    volume,
    place: inManifest(workload.manifest, ...at),
    mountPlace: inManifest(workload.manifest, ...container.path, 'volumeMounts', deepest.index, 'readOnly'),
  };
}

function kindOf(volume: Json): string {
  const keys = typeof volume === 'object' && volume !== null ? Object.keys(volume) : [];
  return keys.find((key) => key !== 'name') ?? 'emptyDir';
}

function trimmed(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function loki(modules: FolderKey['modules'], what: string, path: Path, durable: boolean, under?: string): FolderKey {
  return { program: 'loki', what, path, durable, ...(modules && { modules }), ...(under !== undefined && { under }) };
}

function mimir(modules: FolderKey['modules'], what: string, path: Path, durable: boolean): FolderKey {
  return { program: 'mimir', what, path, durable, ...(modules && { modules }) };
}

function tempo(modules: FolderKey['modules'], what: string, path: Path, durable: boolean): FolderKey {
  return { program: 'tempo', what, path, durable, ...(modules && { modules }) };
}
