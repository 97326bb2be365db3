import type { Rule } from '../../types.ts';
import { lokiSchemas } from '../../view/schema-periods.ts';

/** The first schema that has structured metadata. */
const FIRST = 13;

export const rule: Rule = {
  meta: {
    id: 'schema-not-tsdb',
    family: 'storage',
    severity: 'error',
    description: "The last period of Loki's schema is not tsdb with v13 or later.",
    why: 'Structured metadata needs both, and OTLP needs structured metadata: Loki does not start. Loki 4 knows no other index.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/schema/',
  },
  *cluster(cluster) {
    for (const { periods } of lokiSchemas(cluster)) {
      const last = periods.at(-1);
      if (last === undefined) continue;
      const help = `append a period with \`store: tsdb\` and \`schema: v${String(FIRST)}\` that begins on a day to come`;
      if (last.store !== undefined && last.store !== 'tsdb') {
        const message = `the index of Loki is \`${last.store}\` from \`${last.from}\` on, which has no structured metadata`;
        yield { place: last.place('store'), message, help };
      }
      const version = /^v(\d+)$/.exec(last.schema ?? '')?.[1];
      if (version !== undefined && Number(version) < FIRST) {
        const message = `the schema of Loki is \`v${version}\` from \`${last.from}\` on, which has no structured metadata`;
        yield { place: last.place('schema'), message, help };
      }
    }
  },
};
