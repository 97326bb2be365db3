import { get, type Json, type Path } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { storeConfigs } from '../../view/stores.ts';
import { titleOf } from '../../view/titles.ts';

/** Where each store says whether an ingester leaves its ring when it stops, and whether it uploads what it has. */
const KEYS = {
  loki: {
    leaves: ['ingester', 'lifecycler', 'unregister_on_shutdown'],
    uploads: ['ingester', 'wal', 'flush_on_shutdown'],
  },
  mimir: {
    leaves: ['ingester', 'ring', 'unregister_on_shutdown'],
    uploads: ['blocks_storage', 'tsdb', 'flush_blocks_on_shutdown'],
  },
} as const;

export const rule: Rule = {
  meta: {
    id: 'unflushed-shutdown',
    family: 'storage',
    severity: 'warning',
    description: 'Ingesters leave their ring when they stop, and keep what they have on their own disk.',
    why: 'Until the pod is back nobody is asked for its last hours, and after a scale-down nobody ever is.',
    source: 'https://grafana.com/docs/mimir/latest/manage/run-production-environment/scaling-out/',
  },
  *cluster(cluster) {
    for (const { store, config, at } of storeConfigs(cluster)) {
      if (store === 'tempo') continue;
      const { leaves, uploads } = KEYS[store];
      if (!isOn(config.value, leaves) || get(config.value, ...uploads) === true) continue;
      const said = get(config.value, ...uploads) !== undefined;
      yield {
        place: at(...(said ? uploads : leaves)),
        message: `${titleOf(store)}'s ingesters leave the ring when they stop, without uploading what they have`,
        help: `set \`${uploads.join('.')}: true\`, or \`${leaves.join('.')}: false\``,
        ...(said && { remedy: { safe: true, value: true } }),
      };
    }
  },
};

/** Only where it is said: replicas and short restarts make the default bearable. */
function isOn(value: Json | undefined, path: Path): boolean {
  return get(value, ...path) === true;
}
