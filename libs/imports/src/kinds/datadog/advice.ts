import type { Inputs } from '../../core/draft.ts';
import type { DatadogContext } from './context.ts';

/** What no file of Datadog says, and what is otherwise here. */
export function adviceOf({ where, machine }: DatadogContext, { files }: Inputs): readonly string[] {
  return [
    'Let both run side by side until nobody misses the agents: `docs/migrate.md`, Datadog side by side. They read the same files and ask the same servers, and neither sends to the other; the past stays at Datadog',
    'Where the stack runs, and where its data lie: `kubernetes.nodes`, `kubernetes.storageClass`, `objectStorage`, `retention`. No agent says it; the draft is one node with its own volumes',
    'How much there is: `load`. Datadog knows it by hosts, custom metrics, and bytes of lines and spans (Plan and Usage); here it is series, bytes of lines a day and bytes of spans a second',
    'Names of metrics are those of Prometheus: dashboards and monitors are made anew, team by team. What a check measured, its exporter measures under names of its own',
    'Checks ran every 15s; sources are asked every `load.metrics.scrapeInterval`, 60s, unless `interval` of one says otherwise',
    ...(where === 'machine' && machine.origin !== undefined
      ? [
          'Machines are set up by the files of their group, which `npx nx run tools:generate-overlay` writes. All machines of a group are alike: agents that have other files are other groups',
        ]
      : []),
    ...(where === 'nodes'
      ? [
          'Checks that pods ask for by annotations `ad.datadoghq.com/…` are not among the inputs: `prometheus.io/scrape` and `prometheus.io/port`, or a ServiceMonitor, take the place of `openmetrics`; a database is a source',
        ]
      : []),
    ...(files.some(({ path }) => /\.json$/.test(path))
      ? []
      : [
          'Dashboards and monitors are at Datadog, and not among the inputs: get them from its API, lay the JSON beside, and the report says of each what it asks for',
        ]),
  ];
}
