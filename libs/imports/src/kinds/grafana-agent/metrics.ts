import { secondsOf } from '@lgtm-fleet/units';
import type { Drafted } from '../../core/draft.ts';
import { child, entriesOf, isMap, itemsOf, textOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { readDestination, tenantHeader } from '../../logs/destination.ts';
import { readJob } from '../../scrape/job.ts';
import { globals } from '../prometheus/globals.ts';
import type { AgentContext } from './context.ts';
import { LOCAL } from './integrations/integration.ts';

type Verdicts = readonly (readonly [verdict: Verdict, keys: readonly string[]])[];

export interface Metrics {
  readonly sources: readonly Drafted[];
  /** Of `load.metrics`. */
  readonly scrapeInterval: string | undefined;
  /** Labels of the cluster. */
  readonly labels: Readonly<Record<string, string>>;
  readonly host: string | undefined;
}

const WAL = changedTo(
  'the collector',
  'what cannot be sent is kept on disk: on a machine for `buffer`, on nodes for two hours',
);

const METRICS: Verdicts = [
  [WAL, ['wal_directory', 'wal_cleanup_age', 'wal_cleanup_period']],
  [
    changedTo('the collector', 'Alloy decides it'),
    ['http_disable_keepalives', 'http_idle_conn_timeout', 'instance_restart_backoff', 'instance_mode'],
  ],
  [
    impossible(
      'no agent fetches its jobs from a store: export them (`agentctl config-sync` has them as files), and import those as `metrics.configs`',
    ),
    ['scraping_service', 'scraping_service_client'],
  ],
];

const INSTANCE: Verdicts = [
  [changedTo('nothing', 'there is one pipeline for all metrics'), ['name']],
  [
    changedTo(
      'the collector',
      'each target is asked once: by its node, by the group of its machine, or by one of the collectors of sources',
    ),
    ['host_filter', 'host_filter_relabel_configs'],
  ],
  [WAL, ['wal_truncate_frequency', 'min_wal_time', 'max_wal_time', 'remote_flush_deadline']],
  [changedTo('the collector', 'series that end are marked as stale'), ['write_stale_on_shutdown']],
];

const REMOTE: Verdicts = [
  [
    changedTo(
      'the collector',
      'Alloy tries for as long as it keeps what it has; exemplars and native histograms are sent',
    ),
    ['remote_timeout', 'queue_config', 'metadata_config', 'send_exemplars', 'send_native_histograms'],
  ],
  [
    impossible('what is dropped on the way is not said for all: say `drop` or `metricRelabel` of each source'),
    ['write_relabel_configs'],
  ],
];

/** Lists of places that metrics are sent to. */
function remoteWrites(root: SourceNode | undefined, integrations: SourceNode | undefined): readonly SourceNode[][] {
  return [
    child(root, 'global', 'remote_write'),
    ...itemsOf(child(root, 'configs')).map((config) => child(config, 'remote_write')),
    child(integrations, 'prometheus_remote_write'),
  ].map((list) => itemsOf(list).filter(isMap));
}

/** The tenants as whom metrics are written. */
export function metricTenants(
  root: SourceNode | undefined,
  integrations: SourceNode | undefined,
): readonly (SourceNode | undefined)[] {
  return remoteWrites(root, integrations).map(([first]) => tenantHeader(first));
}

/** Jobs and settings of `metrics`, and where everything was sent. */
export function readMetrics(
  root: SourceNode | undefined,
  integrations: SourceNode | undefined,
  context: AgentContext,
): Metrics {
  const { ledger, cluster } = context;
  judge(root, METRICS, ledger);
  const { scrapeInterval, defaults, labels } = globals(child(root, 'global'), cluster, ledger);
  const hosts = remoteWrites(root, integrations).flatMap(([first, ...others]) => {
    for (const other of others)
      ledger.impossible(
        other,
        'metrics go to this stack alone. Until nobody needs the others, let the old collector run beside',
      );
    judge(first, REMOTE, ledger);
    return first === undefined ? [] : [readDestination(first, context)];
  });
  const sources = itemsOf(child(root, 'configs')).flatMap((config) => {
    judge(config, INSTANCE, ledger);
    return itemsOf(child(config, 'scrape_configs')).flatMap((job) => readAgentJob(job, { ...context, defaults }));
  });
  return { sources, scrapeInterval, labels, host: hosts.find((host) => host !== undefined) };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|$)/i;

/** A job; of an agent on a machine, its targets may be there. */
function readAgentJob(job: SourceNode, context: AgentContext): readonly Drafted[] {
  const drafted = readJob(job, context);
  if (context.place !== 'machine') return drafted;
  for (const target of itemsOf(child(job, 'static_configs')).flatMap((item) => itemsOf(child(item, 'targets'))))
    if (LOOPBACK.test(textOf(target) ?? '')) context.ledger.impossible(target, `${LOCAL}, with \`prometheus.scrape\``);
  return drafted;
}

/** Labels of everything that an agent sends. */
export function externalLabelsOf(root: SourceNode | undefined): SourceNode | undefined {
  const labels = child(root, 'global', 'external_labels');
  return entriesOf(labels).length === 0 ? undefined : labels;
}

/** Whether an interval that holds for all is one that a group of machines can have. */
export function intervalOf(root: SourceNode | undefined): string | undefined {
  const seconds = secondsOf(textOf(child(root, 'global', 'scrape_interval')));
  return seconds === undefined || seconds === 60 || seconds < 5 || seconds > 3600 ? undefined : `${seconds}s`;
}
