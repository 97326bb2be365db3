import { secondsOf } from '@lgtm-fleet/units';
import { fit } from '../../../core/durations.ts';
import { child, entriesOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { AgentContext } from '../context.ts';

/** The system of the machine that an agent runs on, whose metrics it gave. */
export interface System {
  readonly os: 'linux' | 'windows';
  /** How often, where it is said. */
  readonly interval: string | undefined;
}

const SYSTEMS: ReadonlyMap<string, System['os']> = new Map([
  ['node_exporter', 'linux'],
  ['windows_exporter', 'windows'],
]);

/** Metrics of the system: the collector of the group gives them, and on nodes node-exporter does. */
export function systemOf(integration: string, node: SourceNode, context: AgentContext): System | undefined {
  const os = SYSTEMS.get(integration);
  if (os === undefined) return undefined;
  const { ledger, place, group } = context;
  const machine = place === 'machine';
  const to = machine ? `ingest.hosts[${group}]` : 'node-exporter';
  const how = machine
    ? `the collector of the group gives them by itself: job \`${group}\``
    : 'node-exporter comes with the stack: job `monitoring/node-exporter`';
  for (const [key, value] of entriesOf(node))
    if (OWN.has(key)) ledger.changed(value, to, how);
    else if (key === 'relabel_configs' || key === 'metric_relabel_configs')
      ledger.impossible(value, 'metrics of a system have the labels of their machine, and all of them are kept');
    else if (DETAILS.test(key) || os === 'windows')
      ledger.impossible(
        value,
        'which of its metrics a system gives is not said in the cluster file: it is what is usual',
      );
  const every = child(child(node, 'autoscrape') ?? node, 'scrape_interval');
  const fitted = fit(textOf(every), 5, 3600);
  if (!machine || fitted === undefined || secondsOf(textOf(every)) === undefined) return { os, interval: undefined };
  if (fitted.how === undefined) ledger.carried(every, `${to}.interval`);
  else ledger.changed(every, `${to}.interval`, fitted.how);
  return { os, interval: fitted.text };
}

const OWN = new Set([
  ...['enabled', 'instance', 'scrape_integration', 'scrape_interval', 'scrape_timeout', 'wal_truncate_frequency'],
  ...['include_exporter_metrics', 'procfs_path', 'sysfs_path', 'rootfs_path', 'udev_data_path', 'autoscrape'],
  'extra_labels',
]);
/** Keys of the exporter, by the collector that they are of. */
const DETAILS =
  /^(?:set|enable|disable)_collectors$|^(?:enable_)?(?:bcache|cpu|diskstats|ethtool|filesystem|ipvs|ntp|netclass|netdev|netstat|perf|powersupply|runit|supervisord|sysctl|systemd|tapestats|textfile|vmstat)_/;
