import { graph } from '../../../panels/graph.ts';
import { logLines } from '../../../panels/lines.ts';
import { counted, lines } from '../../../queries.ts';
import type { Page } from '../../../types.ts';
import { streamVariable, textVariable } from '../../../variables.ts';

const STREAMS = '{cluster=~"$cluster", namespace=~"$namespace", container=~"$container"}';
const FOUND = `${STREAMS} |~ "(?i)$search"`;

export const logs: Page = {
  uid: 'lgtm-logs',
  title: 'Logs',
  description: 'Log lines of namespaces and containers, how many there are of each level, and who writes most.',
  folder: 'services',
  audience: 'tenants',
  variables: () => [
    streamVariable('cluster', 'Cluster', '{cluster=~".+"}'),
    streamVariable('namespace', 'Namespace', '{cluster=~"$cluster"}'),
    streamVariable('container', 'Container', '{cluster=~"$cluster", namespace=~"$namespace"}'),
    textVariable('search', 'Search', '', 'Part of a line, or a regular expression; capitals do not matter.'),
  ],
  rows: () => [
    {
      title: 'How many',
      tiles: [
        graph(
          'Lines, by level',
          'cps',
          [counted(`sum by (detected_level) (rate(${FOUND} [$__auto]))`, '{{detected_level}}')],
          {
            stacked: true,
            description: 'By the level that Loki finds in a line.',
          },
        ),
        graph(
          'Lines, by container',
          'cps',
          [
            counted(
              `topk(10, sum by (namespace, container) (rate(${FOUND} [$__auto])))`,
              '{{namespace}}/{{container}}',
            ),
          ],
          {
            description: 'The ten that write most.',
          },
        ),
        graph(
          'Bytes, by namespace',
          'Bps',
          [counted(`sum by (namespace) (bytes_rate(${STREAMS} [$__auto]))`, '{{namespace}}')],
          {
            stacked: true,
            description: 'What counts against the limit of the tenant.',
            runbook: 'writes-rate-limited',
          },
        ),
      ],
    },
    {
      title: 'Lines',
      tiles: [
        logLines('Log lines', lines(FOUND, 500), {
          height: 20,
          description: 'The trace id of a line leads to its trace, wherever it stands.',
        }),
      ],
    },
  ],
};
