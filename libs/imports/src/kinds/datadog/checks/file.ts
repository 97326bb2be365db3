import type { Drafted } from '../../../core/draft.ts';
import { child, entriesOf, itemsOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../../core/verdicts.ts';
import type { DatadogContext } from '../context.ts';
import { readLogs } from '../logs/logs.ts';
import { readCheck } from './check.ts';
import { elsewhereWhy } from './elsewhere.ts';
import { checks } from './index.ts';
import { ofMachine } from './of-machine.ts';
import { endpointOf, openmetrics } from './openmetrics.ts';
import { OWN, TEMPLATE } from './reasons.ts';
import { eventLogs } from './windows-events.ts';

/** A file of `conf.d`, or a text that is one: instances of a check, and lines that it reads. */
export function readCheckFile(document: SourceNode, name: string, context: DatadogContext): readonly Drafted[] {
  const { ledger, machine, where, group } = context;
  readLogs(child(document, 'logs'), context);
  const instances = child(document, 'instances');
  const init = child(document, 'init_config');
  const ad = ['ad_identifiers', 'advanced_ad_identifiers', 'docker_images'].flatMap(
    (key) => child(document, key) ?? [],
  );
  for (const node of ad) ledger.impossible(node, TEMPLATE);
  ledger.carried(child(document, 'cluster_check'), 'nothing: a source is asked once, by whichever collector');
  ledger.impossible(child(document, 'jmx_metrics'), 'beans of Java are not asked: run `jmx_exporter` in the program');
  ledger.changed(child(document, 'ignore_autodiscovery_tags'), 'nothing', 'labels of a source are those that it says');
  emptyInit(init, context);
  if (instances === undefined) return [];
  const verdict = ofMachine(name, where, group);
  if (verdict?.outcome === 'changed') {
    ledger.changed(instances, verdict.to, verdict.how);
    ledger.changed(init, verdict.to, verdict.how);
    if (where === 'machine' && verdict.to.startsWith('ingest.hosts')) machine.origin ??= document;
    options(instances, context);
    return [];
  }
  if (name === 'win32_event_log') {
    eventLogs(instances, context);
    return [];
  }
  const own =
    checks.get(name) ??
    (itemsOf(instances).some((instance) => endpointOf(instance) !== undefined) ? openmetrics : undefined);
  if (own !== undefined) return readCheck(own, name, { instances, init }, context);
  ledger.impossible(instances, verdict?.why ?? elsewhereWhy(name));
  if (init !== undefined && !ledger.settled(init)) ledger.impossible(init, verdict?.why ?? elsewhereWhy(name));
  return [];
}

/** What is said of all instances, where it says nothing, or only how the agent asks. */
function emptyInit(init: SourceNode | undefined, { ledger }: DatadogContext): void {
  if (init === undefined) return;
  const entries = entriesOf(init);
  if (entries.length === 0) {
    ledger.carried(init, 'nothing: it is empty');
    return;
  }
  judge(init, INIT, ledger);
}

/** Keys of `init_config`, which instances do not have. */
const INIT: readonly (readonly [Verdict, readonly string[]])[] = [
  [impossible('what is asked is asked directly: no proxy is between'), ['proxy', 'skip_proxy']],
  [impossible(OWN), ['global_custom_queries']],
  [
    changedTo('the collector', 'Alloy decides how it asks, and how long it waits'),
    [
      ...['loader', 'default_timeout', 'kafka_timeout', 'zk_timeout', 'tls_ignore_warning'],
      ...['oid_batch_size', 'bulk_threshold', 'refresh_oids_cache_interval', 'ignore_nonincreasing_oid'],
    ],
  ],
  [
    impossible('what is walked are the modules that Alloy has built in: `modules` of the source'),
    ['profiles', 'global_metrics', 'mibs_folder', 'use_device_id_as_hostname', 'collect_device_metadata'],
  ],
  [impossible('an authority is said of each source that it is good for: `ca` below its `tls`'), ['ca_certs']],
  [
    impossible('beans of Java are not asked: run `jmx_exporter` in the program'),
    ['is_jmx', 'conf', 'collect_default_metrics', 'collect_default_jvm_metrics', 'new_gc_metrics', 'custom_jar_paths'],
  ],
];

/** Options of checks of the machine, which is measured in one way. */
function options(instances: SourceNode, { ledger }: DatadogContext): void {
  for (const instance of itemsOf(instances))
    for (const [, node] of entriesOf(instance))
      ledger.impossible(node, 'what is measured of a machine is the same for every group: leave series out in queries');
}
