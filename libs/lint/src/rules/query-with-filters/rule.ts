import { get } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { provisionedSources } from '../../view/data-sources.ts';

/** And what a query writes instead; `$$` is a `$` that provisioning leaves alone. */
const FILTERS = [
  ['filterByTraceID', '$${__trace.traceId}'],
  ['filterBySpanID', '$${__span.spanId}'],
] as const;

export const rule: Rule = {
  meta: {
    id: 'query-with-filters',
    family: 'grafana',
    severity: 'warning',
    description: 'A link from traces to logs has a query of its own, and filters that do not go with it.',
    why: 'Grafana asks the query as it is written: the logs of all traces appear, not those of the one that was opened.',
    source: 'https://github.com/grafana/grafana/pull/64250',
  },
  *cluster(cluster) {
    for (const { config, path, name, body } of provisionedSources(cluster)) {
      const link = get(body, 'jsonData', 'tracesToLogsV2');
      if (get(link, 'customQuery') !== true) continue;
      for (const [filter, variable] of FILTERS) {
        if (get(link, filter) !== true) continue;
        yield {
          place: inConfig(config, ...path, 'jsonData', 'tracesToLogsV2', filter),
          message: `\`${filter}\` of data source \`${name}\` has no effect on a query of its own`,
          label: 'not looked at',
          help: `name \`${variable}\` in \`query\`, and set \`${filter}: false\`; or set \`customQuery: false\``,
        };
      }
    }
  },
};
