import { count, listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { whereIsData } from '../../view/stores.ts';
import { claimsOf } from '../../view/stateful.ts';

export const clusterRemoved: DangerClass = {
  meta: {
    id: 'cluster-removed',
    danger: 'D01',
    effect: 'downtime',
    blocks: true,
    description: 'A cluster is no longer in the repository.',
    why: 'Argo CD on that cluster can no longer build its folder: nothing is repaired or upgraded any more, and where the root Application was given a finalizer, deleting it deletes everything. An edit that was meant to change nothing took down every service of a company in all regions.',
    source: 'Skyscanner, 25 August 2021, 4.5 hours; argo-cd#6046',
  },
  gone: true,
  *find({ name, before, changes }) {
    const stores = before.stores.map(
      (store) => say`the data of ${words(store.title)} in ${words(whereIsData(store).noun)} ${whereIsData(store).name}`,
    );
    const volumes = before.manifests.filter((manifest) => claimsOf(manifest).length > 0).length;
    yield {
      subject: 'cluster',
      message: say`${name} leaves the repository with ${count(before.manifests.length, 'object')}`,
      consequence: say`Argo CD of that cluster can no longer build its folder and stops: what runs keeps running, and nobody upgrades, repairs or removes it. What it kept stays until somebody deletes it by hand: ${stores.length === 0 ? say`` : say`${listed(stores)}, and `}the volumes of ${count(volumes, 'StatefulSet')}. To take a cluster down, run teardown first`,
      changes,
    };
  },
};
