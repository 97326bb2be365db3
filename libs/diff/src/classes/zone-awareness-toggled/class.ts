import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, type Path } from '@lgtm-fleet/manifests';
import { subjectOf, zoneOf } from '../../view/stateful.ts';

export const zoneAwarenessToggled: DangerClass = {
  meta: {
    id: 'zone-awareness-toggled',
    danger: 'D14',
    effect: 'data-loss',
    blocks: true,
    description: 'Zone awareness of a ring is turned on or off, or a set of pods gets another zone.',
    why: 'Copies are placed by other rules from one moment to the next: readers look in places where the copies are not, and while pods roll, two copies may be in the zone that goes down.',
    source: 'Mimir documentation, configure zone-aware replication: “two or more … data loss”',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      for (const path of SETTINGS[now.name] ?? []) {
        const [was, is] = [old, now].map((store) => get(store?.config, ...path) === true);
        if (old === undefined || was === is) continue;
        yield {
          subject: `${now.name}:${path.join('.')}`,
          message: say`${words(now.title)} has ${`${path.join('.')}: ${String(is)}`} instead of ${String(was)}`,
          consequence: say`${words(is === true ? 'readers expect a copy in each zone, where older data has none' : 'copies of the same data may lie in one zone from now on')}; until all pods have rolled, queries may miss what is not uploaded yet. Follow the order of the documentation, one component after another`,
          changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
        };
      }
    }
    for (const change of changes) {
      if (change.kind !== 'StatefulSet' || change.before === undefined || change.after === undefined) continue;
      const [was, is] = [zoneOf(change.before), zoneOf(change.after)];
      if (was === is) continue;
      yield {
        subject: subjectOf(change),
        message: say`${change.name} is in ${is ?? words('no zone')} instead of ${was ?? words('none')}`,
        consequence: say`its volumes cannot follow it to another zone: its pods do not start, or start empty`,
        changes: [change],
      };
    }
  },
};

const SETTINGS: Readonly<Record<string, readonly Path[]>> = {
  mimir: [
    ['ingester', 'ring', 'zone_awareness_enabled'],
    ['store_gateway', 'sharding_ring', 'zone_awareness_enabled'],
    ['alertmanager', 'sharding_ring', 'zone_awareness_enabled'],
  ],
  loki: [
    ['common', 'ring', 'zone_awareness_enabled'],
    ['ingester', 'lifecycler', 'ring', 'zone_awareness_enabled'],
  ],
};
