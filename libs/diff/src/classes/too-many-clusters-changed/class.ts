import { count, listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';

export const tooManyClustersChanged: DangerClass = {
  meta: {
    id: 'too-many-clusters-changed',
    danger: 'D03',
    effect: 'downtime',
    blocks: true,
    description: 'One pull request changes what runs on more than ten clusters.',
    why: 'Argo CD syncs all of them within minutes; a mistake is everywhere before anybody can look at the first.',
    source: 'Skyscanner, 25 August 2021: one root file, all regions',
  },
  *findInFleet(clusters, effectOf) {
    const changed = clusters.filter(({ changes }) => changes.some((change) => effectOf(change) !== 'cosmetic'));
    if (changed.length <= MOST) return;
    yield {
      subject: 'fleet',
      message: say`${count(changed.length, 'cluster')} of ${clusters.length} change at once: ${listed(changed.map(({ name }) => name))}`,
      consequence: say`if it is wrong, it is wrong on all of them within one poll of Argo CD; change one cluster by a patch first, or revise them in groups`,
      changes: [],
    };
  },
};

/** Clusters that one pull request may change. */
const MOST = 10;
