import { listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe, text, type Manifest } from '@lgtm-fleet/manifests';
import { quantity } from '../../fields/scalar.ts';
import { claimsOf, holding, ringName, type Claim } from '../../view/stateful.ts';

export const volumeShrunk: DangerClass = {
  meta: {
    id: 'volume-shrunk',
    danger: 'D19',
    effect: 'downtime',
    blocks: true,
    description: 'A volume is to be smaller than it is.',
    why: 'Volumes do not shrink: the change is refused, and whoever deletes the claim to get past that deletes what is on it.',
    source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  },
  *find({ changes }) {
    const shrunk = changes.flatMap((change) => {
      const { before, after } = change;
      if (before === undefined || after === undefined) return [];
      const now = new Map(allClaims(after).map((claim) => [claim.name, claim]));
      return allClaims(before).flatMap((old) => {
        const claim = now.get(old.name);
        const isSmaller = claim?.bytes !== undefined && old.bytes !== undefined && claim.bytes < old.bytes;
        return isSmaller ? [{ change, before, old, claim }] : [];
      });
    });
    // The volumes of all zones are one decision.
    for (const [ring, all] of Map.groupBy(shrunk, ({ before, old }) => `${ringName(before)}:${old.name}`)) {
      const [first] = all;
      if (first === undefined) continue;
      yield {
        subject: ring,
        message: say`a volume is to shrink: ${listed(all.map(({ before, old, claim }) => say`that of ${describe(before)} from ${old.size} to ${claim.size}`))}`,
        consequence: say`no volume shrinks: the API server refuses it, and the sync stops there. Whoever gets past that by a new volume loses the old one, which holds ${holding(first.before)?.holds ?? words('what is on it')}`,
        changes: all.map(({ change }) => change),
      };
    }
  },
};

function allClaims(manifest: Manifest): readonly Claim[] {
  if (manifest.kind !== 'PersistentVolumeClaim') return claimsOf(manifest);
  const size = text(manifest.body, 'spec', 'resources', 'requests', 'storage') ?? '';
  return [{ name: 'claim', size, bytes: quantity(size) }];
}
