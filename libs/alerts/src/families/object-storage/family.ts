import type { RuleFamily } from '../../types.ts';
import { buckets } from './buckets.ts';
import { seaweedfs } from './seaweedfs.ts';

/** The buckets, as the stores find them, and SeaweedFS where it keeps them. Files on a volume are the volume's matter. */
export const objectStorage: RuleFamily = {
  name: 'object-storage',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) => [
    ...(plan.objectStorage.kind === 'filesystem' ? [] : [{ name: 'object-storage', rules: buckets(plan) }]),
    ...(plan.components.some(({ name }) => name === 'seaweedfs')
      ? [{ name: 'seaweedfs', rules: seaweedfs(plan) }]
      : []),
  ],
};
