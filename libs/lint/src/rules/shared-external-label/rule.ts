import { fleetCheck } from '../../fleet.ts';
import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { externalLabels } from '../../view/writers.ts';

export const rule: Rule = {
  meta: {
    id: 'shared-external-label',
    family: 'fleet',
    severity: 'error',
    description: 'Two clusters put the same value of label `cluster` on what they send.',
    why: 'Series and streams of both become one: samples are refused as out of order, and nobody can tell which cluster is ill.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-high-availability-deduplication/',
  },
  fleet: fleetCheck(
    (cluster) =>
      externalLabels(cluster, 'cluster').map((label) => ({
        ...label,
        cluster: cluster.name,
        own: cluster.plan.collection.clusterLabel,
      })),
    function* (all) {
      for (const same of Map.groupBy(all, ({ value }) => value).values()) {
        for (const { config, component, value, span, cluster, own } of same) {
          const other = same.find((one) => one.cluster !== cluster)?.cluster;
          // Whoever the label is named after has it by right.
          if (other === undefined || own === value) continue;
          yield {
            place: inText(config, span),
            message: `\`${component}\` of \`${cluster}\` sends everything as cluster \`${value}\`, as \`${other}\` does`,
            label: `also of \`${other}\``,
            help: `write \`${own}\``,
            derivedFrom: ['metadata', 'name'],
          };
        }
      }
    },
  ),
};
