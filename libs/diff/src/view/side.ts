import { object, text, withoutHash, workloadOf, type Json, type Manifest, type Workload } from '@lgtm-fleet/manifests';
import { fileValue } from '../match/files.ts';
import { findStores, type Store } from './stores.ts';

/** One file of a ConfigMap. */
export interface ConfigFile {
  readonly manifest: Manifest;
  /** Name of the ConfigMap without its hash. */
  readonly configMap: string;
  readonly file: string;
  readonly value: Json;
}

/** One cluster at one revision, with what classes look for found once. */
export interface Side {
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly Workload[];
  readonly files: readonly ConfigFile[];
  readonly stores: readonly Store[];
  readonly ofKind: (kind: string) => readonly Manifest[];
}

export function sideOf(manifests: readonly Manifest[]): Side {
  const byKind = Map.groupBy(manifests, ({ kind }) => kind);
  const ofKind = (kind: string): readonly Manifest[] => byKind.get(kind) ?? [];
  const workloads = manifests.map(workloadOf).filter((workload) => workload !== undefined);
  const files = ofKind('ConfigMap').flatMap(filesOf);
  return { manifests, workloads, files, stores: findStores(files, workloads), ofKind };
}

function filesOf(manifest: Manifest): readonly ConfigFile[] {
  const configMap = withoutHash(manifest.name) ?? manifest.name;
  return Object.keys(object(manifest.body, 'data')).flatMap((file) => {
    const content = text(manifest.body, 'data', file);
    return content === undefined ? [] : [{ manifest, configMap, file, value: fileValue(file, content) }];
  });
}
