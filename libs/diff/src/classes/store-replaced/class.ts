import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { isObject, labelsOf, type Json } from '@lgtm-fleet/manifests';
import { claimsOf } from '../../view/stateful.ts';
import { whereIsData } from '../../view/stores.ts';

export const storeReplaced: DangerClass = {
  meta: {
    id: 'store-replaced',
    danger: 'D12',
    effect: 'data-loss',
    blocks: true,
    description: 'A store of telemetry disappears, or another one takes its place.',
    why: 'The new store begins empty, and every data source leads to it: what the old one holds is still where it was, and nobody finds it.',
    source: 'Mimir documentation, migrate from Prometheus: old blocks are uploaded in a step of their own',
  },
  *find({ before, after, changes }) {
    for (const old of before.stores) {
      // Pods without a configuration are a part of a store, which other classes look at.
      if (after.stores.some(({ name }) => name === old.name) || isEmpty(old.config)) continue;
      const successor = after.stores.find(({ signal }) => signal === old.signal);
      const { noun, name } = whereIsData(old);
      yield {
        subject: old.name,
        message:
          successor === undefined
            ? say`${words(old.title)} disappears, and nothing else keeps ${words(old.signal)}`
            : say`${words(successor.title)} takes the place of ${words(old.title)}`,
        consequence: say`all ${words(old.signal)} so far stay in ${words(noun)} ${name}, where no query looks any more; keep it until they were copied, or until their retention has passed`,
        changes: changes.filter(
          ({ action, before: gone }) =>
            action === 'removed' &&
            gone !== undefined &&
            claimsOf(gone).length > 0 &&
            labelsOf(gone)['app.kubernetes.io/name'] === old.name,
        ),
      };
    }
  },
};

function isEmpty(config: Json): boolean {
  return isObject(config) && Object.keys(config).length === 0;
}
