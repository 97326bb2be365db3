import { checkRateWindows } from '@lgtm-fleet/queries';
import type { Rule } from '../../types.ts';
import { queriesOf } from '../../view/queries.ts';
import { reportOf } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'short-rate-window',
    family: 'queries',
    severity: 'warning',
    description: 'A rate looks back over less than four scrape intervals.',
    why: 'It needs two samples: with one failed scrape the graph has a hole, and the alert on it falls silent or starts anew.',
    source: 'https://www.robustperception.io/what-range-should-i-use-with-rate/',
  },
  *cluster(cluster) {
    const interval = cluster.plan.collection.scrapeIntervalSeconds;
    for (const query of queriesOf(cluster)) {
      if (query.language !== 'promql') continue;
      for (const fault of checkRateWindows(query.text, interval * 1000, { variables: query.variables })) {
        yield {
          ...reportOf(query, fault),
          label: `scraped every ${String(interval)} s`,
          derivedFrom: ['spec', 'load', 'metrics', 'scrapeInterval'],
        };
      }
    }
  },
};
