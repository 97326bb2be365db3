import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { locationsOf, whereIsData } from '../../view/stores.ts';

export const storageLocationChanged: DangerClass = {
  meta: {
    id: 'storage-location-changed',
    danger: 'D12',
    effect: 'data-loss',
    blocks: true,
    description: 'A store gets another bucket, prefix, endpoint or folder.',
    why: 'It starts with an empty store: what was written before is still in the old place, and no query looks there.',
    source: 'grafana/loki#2201, #7827',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      if (old === undefined) continue;
      const places = new Map(locationsOf(now).map((place) => [place.path.join('.'), place]));
      const moved = locationsOf(old).filter((place) => places.get(place.path.join('.'))?.value !== place.value);
      const added = [...places].filter(
        ([path]) => isPrefix(path) && !locationsOf(old).some((place) => place.path.join('.') === path),
      );
      const [first] = moved;
      const [prefix] = added;
      if (first === undefined && prefix === undefined) continue;
      const path = first?.path.join('.') ?? prefix?.[0] ?? '';
      const of = first?.of ?? prefix?.[1].of ?? 'data';
      const apart = of === 'rules' || of === 'alert routes';
      yield {
        subject: now.name,
        message: say`${words(now.title)} keeps its ${words(of)} elsewhere: ${path} changes from ${first?.value ?? words('nothing')} to ${places.get(path)?.value ?? words('nothing')}`,
        consequence: apart
          ? say`all ${words(of)} that tenants uploaded stay in ${first?.value ?? words('the old place')}, where nothing reads them any more; copy them first, or keep the old place`
          : say`all ${words(now.signal)} so far stay in ${words(whereIsData(old).noun)} ${whereIsData(old).name}, where no query looks any more and nothing deletes them; copy them first, or keep the old place`,
        changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
      };
    }
  },
};

/** A prefix that is new moves everything, whereas a bucket that is said for the first time may be the default. */
function isPrefix(path: string): boolean {
  return path.endsWith('prefix');
}
