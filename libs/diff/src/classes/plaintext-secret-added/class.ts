import { listed, say } from '../../phrase.ts';
import { own } from '../../fields/own.ts';
import type { DangerClass } from '../../types.ts';
import { describe, object, type Manifest } from '@lgtm-fleet/manifests';
import { alike } from '../../fields/compare.ts';
import { subjectOf } from '../../view/stateful.ts';

export const plaintextSecretAdded: DangerClass = {
  meta: {
    id: 'plaintext-secret-added',
    danger: 'D21',
    effect: 'exposure',
    blocks: true,
    description: 'A Secret with its values in it is added to git, or its values change there.',
    why: 'Whoever can read the repository, its forks or its history has the password, for ever; a rotation is needed also after a revert.',
    source: 'grafana/loki#12249; grafana/helm-charts#158, #1439',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (after?.kind !== 'Secret') continue;
      const old = valuesOf(before);
      const keys = Object.entries(valuesOf(after)).filter(([key, value]) => !alike(own(old, key), value, 0));
      if (keys.length === 0) continue;
      yield {
        subject: subjectOf(change),
        message: say`${describe({ ...after, name: change.name })} carries values: ${listed(keys.map(([key]) => key))}`,
        consequence: say`they are readable in this repository from now on, also after a revert. Keep them in the secret store, name them in the cluster file, and change them where they are in use`,
        changes: [change],
      };
    }
  },
};

function valuesOf(secret: Manifest | undefined) {
  const all = { ...object(secret?.body, 'data'), ...object(secret?.body, 'stringData') };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '' && value !== null));
}
