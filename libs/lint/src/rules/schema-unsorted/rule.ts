import type { Rule } from '../../types.ts';
import { lokiSchemas } from '../../view/schema-periods.ts';

export const rule: Rule = {
  meta: {
    id: 'schema-unsorted',
    family: 'storage',
    severity: 'error',
    description: "The periods of Loki's schema do not follow each other in time.",
    why: 'Loki refuses to start, on every role at once.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/schema/',
  },
  *cluster(cluster) {
    for (const { periods } of lokiSchemas(cluster)) {
      for (const [index, { from, place }] of periods.entries()) {
        const before = periods[index - 1];
        // Days as YYYY-MM-DD compare as text does.
        if (before === undefined || before.from < from) continue;
        const how = before.from === from ? 'on the same day as' : 'before';
        yield {
          place: place('from'),
          message: `the period from \`${from}\` begins ${how} the one above it, from \`${before.from}\``,
          help: 'append new periods at the end, each with a later day',
        };
      }
    }
  },
};
