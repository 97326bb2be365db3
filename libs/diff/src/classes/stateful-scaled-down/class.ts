import { count, listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import type { Manifest } from '@lgtm-fleet/manifests';
import { holding, replicasOf, rings, zoneOf } from '../../view/stateful.ts';

export const statefulScaledDown: DangerClass = {
  meta: {
    id: 'stateful-scaled-down',
    danger: 'D13',
    effect: 'data-loss',
    blocks: true,
    description: 'Pods that hold data are taken away.',
    why: 'A pod that goes takes what it has not uploaded along; in several zones at once also all copies of it.',
    source:
      'Mimir documentation, scaling down ingesters: “not uploaded … causes data loss”; Loki documentation, write-ahead log',
  },
  *find({ before, after, changes }) {
    const now = new Map(after.manifests.map((manifest) => [keyOf(manifest), manifest]));
    for (const { name, sets } of rings(before.manifests)) {
      // A set that goes altogether has a class of its own.
      const fewer = sets.flatMap((old) => {
        const set = now.get(keyOf(old));
        return set !== undefined && replicasOf(set) < replicasOf(old) ? [{ old, set }] : [];
      });
      const [first] = fewer;
      const held = first === undefined ? undefined : holding(first.old);
      if (first === undefined || held === undefined) continue;
      const lost = fewer.reduce((sum, { old, set }) => sum + replicasOf(old) - replicasOf(set), 0);
      const zones = fewer.map(({ old }) => zoneOf(old) ?? '').filter((zone) => zone !== '');
      // What is only loaded from the bucket may go by two, in one zone: others load it.
      if (held.effect === 'downtime' && lost <= 2 && zones.length < 2) continue;
      const [from, to] = [sets, sets.map((old) => now.get(keyOf(old)) ?? old)].map((all) =>
        all.reduce((sum, set) => sum + replicasOf(set), 0),
      );
      const several = zones.length > 1 ? say` ${count(zones.length, 'zone')} lose pods in one step, so` : undefined;
      yield {
        subject: name,
        message: say`${name} goes from ${from ?? 0} to ${count(to ?? 0, 'pod')}: ${listed(fewer.map(({ old, set }) => say`${old.name} from ${replicasOf(old)} to ${replicasOf(set)}`))}`,
        consequence:
          held.effect === 'data-loss'
            ? say`each pod that goes holds ${held.holds}; its volume is kept, and nobody reads it.${several === undefined ? say`` : say`${several} all copies of the same data may go.`} Have the pods hand over first, one zone after another`
            : say`each pod that goes holds ${held.holds}; nothing is lost, but whoever asks for it waits, or misses it, until others have taken it over.${several === undefined ? say`` : say`${several} no pod may be left that has it.`} Take them away one by one`,
        effect: held.effect,
        changes: changes.filter((change) => fewer.some(({ old }) => change.before === old)),
      };
    }
  },
};

function keyOf({ kind, namespace, name }: Manifest): string {
  return `${kind}/${namespace}/${name}`;
}
