import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { text } from '../../../panels/text.ts';
import { now, promql } from '../../../queries.ts';
import { inCluster, own, runs } from '../../../selectors.ts';
import type { Page, Row, Tile } from '../../../types.ts';
import { textVariable } from '../../../variables.ts';
import { copies } from '../../../planned.ts';

export const cost: Page = {
  uid: 'lgtm-cost',
  title: 'Cost',
  description:
    'What the stack uses, and which tenant because of what. Prices are yours to fill in above; until then they are 0.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [
    textVariable('price_core', 'Price of a core a month', '0'),
    textVariable('price_memory', 'Price of a GiB of memory a month', '0'),
    textVariable('price_volume', 'Price of a GiB of volume a month', '0'),
    textVariable('price_objects', 'Price of a GB in object storage a month', '0'),
  ],
  rows: (plan) => [money(plan), byTenant(plan), growth(plan)],
};

const GIB = String(2 ** 30);

function money(plan: Plan): Row {
  const stack = `${inCluster(plan)}, namespace=~"observability|monitoring"`;
  const requests = (resource: string): string =>
    `sum(kube_pod_container_resource_requests{${stack}, resource="${resource}"})`;
  const claims = `sum(kube_persistentvolumeclaim_resource_requests_storage_bytes{${stack}})`;
  return {
    title: 'A month, at the prices above',
    tiles: [
      stat('Processor', 'short', [now(`${requests('cpu')} * $price_core`)], {
        width: 6,
        description: 'What is requested, for it is kept free.',
      }),
      stat('Memory', 'short', [now(`${requests('memory')} / ${GIB} * $price_memory`)], {
        width: 6,
        description: 'What is requested.',
      }),
      stat('Volumes', 'short', [now(`${claims} / ${GIB} * $price_volume`)], {
        width: 6,
        description: 'What is claimed.',
      }),
      ...(runs(plan, 'tempo')
        ? [
            stat(
              'Traces in object storage',
              'short',
              [
                now(
                  `sum(max by (tenant) (tempodb_backend_bytes_total{${own(plan, 'tempo')}, status="live"})) / 1e9 * $price_objects`,
                ),
              ],
              {
                width: 6,
                description: 'Tempo alone knows what it holds there; for logs and metrics see the growth below.',
              },
            ),
          ]
        : []),
      stat('Cores requested', 'short', [now(requests('cpu'))], { width: 6 }),
      stat('Memory requested', 'bytes', [now(requests('memory'))], { width: 6 }),
      stat('Volumes claimed', 'bytes', [now(claims)], { width: 6 }),
      stat('Pods', 'short', [now(`sum(kube_pod_status_phase{${stack}, phase="Running"})`)], { width: 6 }),
    ],
  };
}

function byTenant(plan: Plan): Row {
  const bytes = (title: string, metric: string, selector: string): Tile =>
    graph(title, 'decbytes', [promql(`sum by (tenant) (increase(${metric}{${selector}}[1d]))`, '{{tenant}}')], {
      stacked: true,
      description: 'Before they are compressed; what the limits count, too.',
    });
  return {
    title: 'By tenant',
    tiles: [
      ...(runs(plan, 'mimir')
        ? [
            graph(
              'Active series',
              'short',
              [
                promql(
                  `sum by (user) (cortex_ingester_active_series{${own(plan, 'mimir', 'ingester')}}) / ${String(copies(plan))}`,
                  '{{user}}',
                ),
              ],
              { stacked: true },
            ),
          ]
        : []),
      ...(runs(plan, 'loki')
        ? [bytes('Log bytes in a day', 'loki_distributor_bytes_received_total', own(plan, 'loki', 'distributor'))]
        : []),
      ...(runs(plan, 'tempo')
        ? [bytes('Trace bytes in a day', 'tempo_distributor_bytes_received_total', own(plan, 'tempo', 'distributor'))]
        : []),
    ],
  };
}

function growth(plan: Plan): Row {
  const said = plan.decisions
    .filter(({ subject }) => subject.startsWith('objects.'))
    .map(({ subject, value, reason }) => `- **${subject.replace('objects.', '')}**: ${value}, ${reason}`);
  return {
    title: 'Growth of object storage',
    tiles: [
      text('What it will hold, by the plan', said.join('\n'), { width: 8, height: 7 }),
      ...(runs(plan, 'loki')
        ? [
            graph(
              'Logs stored in a day',
              'decbytes',
              [
                promql(
                  `sum by (tenant) (increase(loki_ingester_chunk_stored_bytes_total{${own(plan, 'loki', 'ingester')}}[1d]))`,
                  '{{tenant}}',
                ),
              ],
              { stacked: true, description: 'Compressed; a copy of each chunk is stored once.' },
            ),
          ]
        : []),
      ...(runs(plan, 'tempo')
        ? [
            graph(
              'Traces held',
              'decbytes',
              [
                promql(
                  `max by (tenant) (tempodb_backend_bytes_total{${own(plan, 'tempo')}, status="live"})`,
                  '{{tenant}}',
                ),
              ],
              { stacked: true },
            ),
          ]
        : []),
      ...(runs(plan, 'prometheus')
        ? [
            graph('Metrics held', 'decbytes', [
              promql(`sum(prometheus_tsdb_storage_blocks_bytes{${own(plan, 'prometheus')}})`, 'blocks'),
            ]),
          ]
        : []),
    ],
  };
}
