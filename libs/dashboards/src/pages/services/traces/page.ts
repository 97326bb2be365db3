import { graph } from '../../../panels/graph.ts';
import { traceList } from '../../../panels/lines.ts';
import { spans, traces as found } from '../../../queries.ts';
import type { Page } from '../../../types.ts';
import { oneLabelVariable, textVariable } from '../../../variables.ts';

const SPANS = 'resource.service.name =~ "$service" && name =~ "$operation"';

export const traces: Page = {
  uid: 'lgtm-traces',
  title: 'Traces',
  description: 'Traces of a service and its operations: those that failed, and those that took long.',
  folder: 'services',
  audience: 'tenants',
  variables: () => [
    {
      ...oneLabelVariable('service', 'Service', 'traces_spanmetrics_calls_total'),
      includeAll: true,
      allValue: '.+',
      current: { selected: true, text: 'All', value: '$__all' },
    },
    textVariable('operation', 'Operation', '.+', 'Name of a span, or a regular expression.'),
    textVariable('slow', 'Slower than', '1s', 'A duration: 250ms, 2s.'),
  ],
  rows: () => [
    {
      title: 'Spans',
      tiles: [
        graph('Spans', 'cps', [spans(`{ ${SPANS} } | rate() by (resource.service.name)`)]),
        graph('Spans that failed', 'cps', [
          spans(`{ ${SPANS} && status = error } | rate() by (resource.service.name)`),
        ]),
        graph('How long spans take', 's', [spans(`{ ${SPANS} } | quantile_over_time(duration, .5, .95, .99)`)]),
      ],
    },
    {
      title: 'Traces',
      tiles: [
        traceList('Failed', found(`{ ${SPANS} && status = error }`), { width: 12, height: 12 }),
        traceList('Slow', found(`{ ${SPANS} && duration > $slow }`), { width: 12, height: 12 }),
      ],
    },
  ],
};
