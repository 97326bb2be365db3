import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { flag, setting } from '../../view/program.ts';

const KEYS = ['partitions_per_instance', 'assigned_partitions'] as const;

export const rule: Rule = {
  meta: {
    id: 'missing-partitions-per-instance',
    family: 'kafka',
    severity: 'error',
    description: "Tempo's block-builders are not told how many partitions each takes.",
    why: 'The documentation speaks of a default of 1, but it is 0, and the block-builder does not start: no trace gets to object storage.',
    source: 'https://github.com/grafana/tempo/blob/v3.0.3/modules/blockbuilder/config.go',
  },
  *cluster(cluster) {
    for (const program of cluster.programsOf('tempo')) {
      const { config, target, workload } = program;
      // One process with all targets has no block-builder.
      if (config === undefined || !target.split(',').includes('block-builder')) continue;
      const said = KEYS.some((key) => {
        const value = (
          setting(program, 'block_builder', key) ?? flag(program, `block-builder.${key.replaceAll('_', '-')}`)
        )?.value;
        return value !== undefined && value !== 0 && value !== '0' && value !== null;
      });
      if (said) continue;
      yield {
        place: inConfig(config, 'block_builder', 'partitions_per_instance'),
        message: `\`${workload.name}\` is told to take no partitions, and so does not start`,
        help: 'set `block_builder.partitions_per_instance` to the partitions in use divided by the block-builders, rounded up',
      };
    }
  },
};
