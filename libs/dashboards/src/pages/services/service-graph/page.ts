import { nodeGraph } from '../../../panels/node-graph.ts';
import { table } from '../../../panels/table.ts';
import { now, serviceMap } from '../../../queries.ts';
import type { Page } from '../../../types.ts';

const total = (metric: string): string =>
  `sum by (client, server) (rate(traces_service_graph_request_${metric}[$__rate_interval]))`;

const page = (field: string) => ({
  title: 'Its page',
  url: `/d/lgtm-service?var-service=\${__data.fields.${field}}&from=\${__from}&to=\${__to}`,
});

export const serviceGraph: Page = {
  uid: 'lgtm-service-graph',
  title: 'Service graph',
  description: 'Who calls whom, how often, and which calls fail or are slow; made of spans by Tempo.',
  folder: 'services',
  audience: 'tenants',
  variables: () => [],
  rows: () => [
    { title: 'Graph', tiles: [nodeGraph('Services', serviceMap(''))] },
    {
      title: 'Calls',
      tiles: [
        table(
          'Between services',
          [
            { from: 'client', title: 'From', link: page('From') },
            { from: 'server', title: 'To', link: page('To') },
            { from: '#0', title: 'Calls', unit: 'reqps' },
            { from: '#1', title: 'Failed', unit: 'percentunit' },
            { from: '#2', title: '95 of 100', unit: 's' },
          ],
          [
            now(total('total')),
            now(`${total('failed_total')} / ${total('total')}`),
            now(
              'histogram_quantile(0.95, sum by (le, client, server) (rate(traces_service_graph_request_server_seconds_bucket[$__rate_interval])))',
            ),
          ],
          {
            width: 24,
            height: 10,
            description: 'A caller or a callee that sends no spans has the name that the other side gives it.',
          },
        ),
      ],
    },
  ],
};
