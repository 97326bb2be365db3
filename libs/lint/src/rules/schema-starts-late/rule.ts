import type { Rule } from '../../types.ts';
import { lokiSchemas } from '../../view/schema-periods.ts';

export const rule: Rule = {
  meta: {
    id: 'schema-starts-late',
    family: 'storage',
    severity: 'error',
    description: "Loki's first period begins after the day that the cluster file says.",
    why: 'Lines from before the first period are refused, and those that were stored are not found: a day in the future refuses everything.',
    source: 'https://github.com/grafana/loki/issues/11387',
  },
  *cluster(cluster) {
    const { loki } = cluster.plan;
    if (loki === undefined) return;
    const [earlier] = loki.earlierSchemas;
    const planned = earlier?.from ?? loki.schemaFrom;
    const key = earlier === undefined ? 'schemaFrom' : 'earlierSchemas';
    for (const { periods } of lokiSchemas(cluster)) {
      const [first] = periods;
      if (first === undefined || first.from <= planned) continue;
      yield {
        place: first.place('from'),
        message: `Loki's first period begins on \`${first.from}\`, but \`spec.logs.${key}\` ${earlier === undefined ? 'is' : 'begins on'} \`${planned}\``,
        label: `\`${planned}\` by the plan`,
        help: 'let the first period begin before the first line, and never move it',
        derivedFrom: ['spec', 'logs', key],
      };
    }
  },
};
