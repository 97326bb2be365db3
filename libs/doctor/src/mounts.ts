import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { at, listAt, textAt } from './records.ts';
import { subjectOf, type Subject } from './subjects.ts';
import type { View } from './view.ts';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

/** Parts of the stack whose pods are given a ConfigMap or a Secret: as files, or in their environment. */
export function readersOf(
  view: View,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
): readonly Subject[] {
  const found = WORKLOADS.flatMap((one) => view.planned(one)).filter(
    (object) => object.metadata.namespace === namespace && namesIn(object, kind).includes(name),
  );
  return [...new Set(found.map(subjectOf))];
}

function namesIn(object: ClusterObject, kind: 'ConfigMap' | 'Secret'): readonly string[] {
  const spec = at(object, 'spec', 'template', 'spec');
  const [volume, volumeName, source, variable] =
    kind === 'ConfigMap'
      ? (['configMap', 'name', 'configMapRef', 'configMapKeyRef'] as const)
      : (['secret', 'secretName', 'secretRef', 'secretKeyRef'] as const);
  const projected = listAt(spec, 'volumes').flatMap((one) => listAt(one, 'projected', 'sources'));
  const containers = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')];
  return [
    ...listAt(spec, 'volumes').map((one) => textAt(one, volume, volumeName)),
    ...projected.map((one) => textAt(one, volume, 'name')),
    ...containers.flatMap((one) => listAt(one, 'envFrom').map((from) => textAt(from, source, 'name'))),
    ...containers.flatMap((one) => listAt(one, 'env').map((from) => textAt(from, 'valueFrom', variable, 'name'))),
  ].filter((name) => name !== undefined);
}
