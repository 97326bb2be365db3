import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, list, text, type Manifest } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const crdRemoved: DangerClass = {
  meta: {
    id: 'crd-removed',
    danger: 'D18',
    effect: 'data-loss',
    blocks: true,
    description: 'A CustomResourceDefinition disappears, or a version that it served.',
    why: 'Kubernetes deletes every object of that kind with it, in all namespaces, whoever made them.',
    source:
      'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#delete-a-customresourcedefinition',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (before?.kind !== 'CustomResourceDefinition' || change.orphaned) continue;
      const kind = text(before.body, 'spec', 'names', 'kind') ?? before.name;
      if (after === undefined || change.action === 'renamed') {
        yield {
          subject: subjectOf(change),
          message: say`the CustomResourceDefinition ${before.name} is no longer there`,
          consequence: say`Kubernetes deletes every ${kind} in the cluster with it, in all namespaces, also those that others made`,
          changes: [change],
        };
        continue;
      }
      const served = new Set(servedVersions(after));
      const gone = servedVersions(before).filter((version) => !served.has(version));
      if (gone.length === 0) continue;
      yield {
        subject: subjectOf(change),
        message: say`the CustomResourceDefinition ${before.name} no longer serves ${listed(gone)}`,
        consequence: say`whoever reads or writes a ${kind} in that version fails`,
        effect: 'downtime',
        changes: [change],
      };
    }
  },
};

function servedVersions(definition: Manifest): readonly string[] {
  return list(definition.body, 'spec', 'versions')
    .filter((version) => get(version, 'served') === true)
    .flatMap((version) => text(version, 'name') ?? []);
}
