import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get } from '@lgtm-fleet/manifests';
import { shown } from '../../fields/path.ts';

export const clusterLabelChanged: DangerClass = {
  meta: {
    id: 'cluster-label-changed',
    danger: 'D16',
    effect: 'downtime',
    blocks: false,
    description: 'The label by which members of a ring know each other changes in one step.',
    why: 'While pods roll, those with the new label refuse those with the old one: the ring falls into two, and each half takes the other for dead.',
    source: 'grafana/mimir#7961: first turn the verification off, then change the label, then turn it on',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      const [was, is] = [old, now].map((store) => get(store?.config, 'memberlist', 'cluster_label'));
      const unverified = [old, now].every(
        (store) => get(store?.config, 'memberlist', 'cluster_label_verification_disabled') === true,
      );
      if (old === undefined || was === undefined || was === is || unverified) continue;
      yield {
        subject: now.name,
        message: say`the ring of ${words(now.title)} is called ${shown(is)} instead of ${shown(was)}`,
        consequence: say`while its pods roll the ring is in two parts that refuse each other: writes and queries fail where a part has too few members. Set ${'cluster_label_verification_disabled'} in a pull request before, and take it out in one after`,
        changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
      };
    }
  },
};
