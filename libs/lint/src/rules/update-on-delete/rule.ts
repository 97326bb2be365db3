import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'update-on-delete',
    family: 'rings',
    severity: 'warning',
    description: 'Pods are replaced only when somebody deletes them, and nobody does.',
    why: 'A sync succeeds and changes nothing: old versions and old configurations run on until a node dies.',
    source: 'https://github.com/grafana/rollout-operator#how-to-use-the-rollout-operator',
  },
  kinds: ['StatefulSet', 'DaemonSet'],
  *manifest(manifest, cluster) {
    if (text(manifest.body, 'spec', 'updateStrategy', 'type') !== 'OnDelete') return;
    if (cluster.programsOf('rollout-operator').some(({ workload }) => workload.namespace === manifest.namespace))
      return;
    yield {
      place: inManifest(manifest, 'spec', 'updateStrategy', 'type'),
      message: `\`${manifest.name}\` is updated on delete, but no rollout-operator runs in \`${manifest.namespace}\``,
      help: 'set `RollingUpdate`, or run the rollout-operator in this namespace',
      remedy: { safe: false, value: 'RollingUpdate' },
    };
  },
};
