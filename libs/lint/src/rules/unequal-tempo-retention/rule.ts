import { get, type Path } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { storeConfigs } from '../../view/stores.ts';
import { shown } from '../../view/titles.ts';

const SCHEDULER: Path = ['backend_scheduler', 'provider', 'compaction', 'compaction', 'block_retention'];
const WORKER: Path = ['backend_worker', 'compaction', 'block_retention'];
/** What either takes where its key is not set. */
const DEFAULT = '336h';

export const rule: Rule = {
  meta: {
    id: 'unequal-tempo-retention',
    family: 'storage',
    severity: 'error',
    description: "Tempo's backend-scheduler and its workers do not have the same retention.",
    why: 'The scheduler plans by its value and the workers delete by theirs: blocks go while the scheduler still counts on them.',
    source: 'https://grafana.com/docs/tempo/latest/configuration/manifest/',
  },
  *cluster(cluster) {
    for (const { config, at } of storeConfigs(cluster, 'tempo')) {
      const [planned, done] = [get(config.value, ...SCHEDULER), get(config.value, ...WORKER)];
      if (planned === undefined && done === undefined) continue;
      const [first, second] = [planned ?? DEFAULT, done ?? DEFAULT];
      if (secondsOf(first) === secondsOf(second)) continue;
      const missing = done === undefined ? WORKER : SCHEDULER;
      const place = planned !== undefined && done !== undefined ? WORKER : missing;
      yield {
        place: at(...place),
        message: `Tempo's backend-workers delete after \`${shown(second)}\`, its backend-scheduler plans with \`${shown(first)}\``,
        help: `set \`${SCHEDULER.join('.')}\` and \`${WORKER.join('.')}\` to the same`,
      };
    }
  },
};
