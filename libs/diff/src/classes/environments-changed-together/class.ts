import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';

export const environmentsChangedTogether: DangerClass = {
  meta: {
    id: 'environments-changed-together',
    danger: 'D03',
    effect: 'downtime',
    blocks: true,
    description: 'Production changes together with the environments that should try it first.',
    why: 'A test environment protects production only when it is changed before it.',
    source:
      'Grafana Cloud, 18 February 2025: one change to development, staging and production, 150 minutes, a quarter of the services',
  },
  *findInFleet(clusters, effectOf) {
    const changed = clusters.filter(({ changes }) => changes.some((change) => effectOf(change) !== 'cosmetic'));
    const environments = [...new Set(changed.flatMap(({ environment }) => environment ?? []))].toSorted();
    if (environments.length < 2 || !environments.some((name) => name.startsWith('prod'))) return;
    yield {
      subject: 'fleet',
      message: say`${listed(environments)} change in one step`,
      consequence: say`nothing tries the change before production has it; merge it for the others first, and for production when they have run with it`,
      changes: [],
    };
  },
};
