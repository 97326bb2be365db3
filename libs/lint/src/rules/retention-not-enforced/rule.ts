import { get, type Path } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { overriddenTenants, overridesFile } from '../../view/retentions.ts';
import { runs } from '../../view/rings.ts';
import { storeConfigs } from '../../view/stores.ts';
import { shown } from '../../view/titles.ts';

const ENABLED: Path = ['compactor', 'retention_enabled'];
const BLOCKS: Path = ['limits', 'compactor_blocks_retention_period'];

export const rule: Rule = {
  meta: {
    id: 'retention-not-enforced',
    family: 'storage',
    severity: 'error',
    description: 'A store keeps everything, although a retention is set or expected.',
    why: 'Nothing says so while it runs: the bucket grows until somebody looks at the bill.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  },
  *cluster(cluster) {
    yield* loki(cluster);
    yield* mimir(cluster);
    yield* tempo(cluster);
  },
};

/** Loki deletes only where the compactor is told to, whatever the limits say. */
function* loki(cluster: ClusterView): Iterable<Report> {
  for (const { config, programs, at } of storeConfigs(cluster, 'loki')) {
    const period = get(config.value, 'limits_config', 'retention_period');
    if (get(config.value, ...ENABLED) === true || (secondsOf(period) ?? 0) === 0) continue;
    if (!programs.some((program) => runs(program, 'compactor'))) continue;
    yield {
      place: at(...ENABLED),
      message: `\`limits_config.retention_period\` is \`${shown(period)}\`, but Loki's compactor deletes nothing`,
      help: 'set `compactor.retention_enabled: true` and `compactor.delete_request_store`',
    };
  }
}

/** Mimir's own default keeps blocks forever. */
function* mimir(cluster: ClusterView): Iterable<Report> {
  for (const { config, programs, at } of storeConfigs(cluster, 'mimir')) {
    if (!programs.some((program) => runs(program, 'compactor'))) continue;
    const said = get(config.value, ...BLOCKS);
    // What is no duration stops Mimir by itself.
    if (said !== undefined && secondsOf(said) !== 0) continue;
    yield {
      place: at(...BLOCKS),
      message: `Mimir keeps blocks forever: \`${BLOCKS.join('.')}\` is ${said === undefined ? 'not set' : `\`${shown(said)}\``}`,
      help: 'set it to the retention of metrics',
    };
  }
}

/** Tempo skips a tenant whose compaction is off, also when it deletes. */
function* tempo(cluster: ClusterView): Iterable<Report> {
  for (const { config, programs, at } of storeConfigs(cluster, 'tempo')) {
    const path: Path = ['overrides', 'defaults', 'compaction', 'compaction_disabled'];
    const message = 'Tempo deletes nothing, and compacts nothing: `compaction_disabled` is on';
    const help = 'remove it once the migration that needed it is done';
    if (get(config.value, ...path) === true) yield { place: at(...path), message, help };
    const [program] = programs;
    const file = program && overridesFile(program);
    if (program === undefined || file === undefined) continue;
    for (const tenant of overriddenTenants(program)) {
      const own: Path = ['overrides', tenant, 'compaction', 'compaction_disabled'];
      if (get(file.value, ...own) !== true) continue;
      yield { place: inConfig(file, ...own), message: `${message} for the tenant \`${tenant}\``, help };
    }
  }
}
