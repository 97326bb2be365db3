export {
  get,
  isList,
  isObject,
  list,
  number,
  object,
  strings,
  text,
  type Json,
  type JsonObject,
  type Path,
} from './json.ts';
export {
  annotationsOf,
  describe,
  groupOf,
  identity,
  labelsOf,
  manifestOf,
  matches,
  selects,
  selectsAll,
  withoutHash,
  type Manifest,
} from './manifest.ts';
export { readDocument, type ReadDocument } from './document.ts';
export { readManifests, type ReadManifests } from './read.ts';
export {
  argPath,
  selectedBy,
  volumeOf,
  workloadOf,
  WORKLOAD_KINDS,
  type Container,
  type ContainerPort,
  type Workload,
  type WorkloadKind,
} from './workload.ts';
