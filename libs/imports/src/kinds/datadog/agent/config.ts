import { booleanOf, child, entriesOf } from '../../../core/look.ts';
import type { Part, ReadDocument } from '../context.ts';
import { readLines } from './lines.ts';
import { readOtlp, sampledBy } from './otlp.ts';
import { ANNOTATED, APM, SEARCH, TRAPS } from './reasons.ts';
import { say } from './say.ts';
import { environmentOf, tagsOf } from './tags.ts';
import { FAMILIES } from './verdicts.ts';

/** What is read by itself, whatever family its key would be of. */
const APART = new Set([
  ...['tags', 'extra_tags', 'env', 'logs_enabled', 'logs_config', 'logs_no_ssl'],
  ...['apm_config', 'otlp_config', 'prometheus_scrape', 'network_devices'],
]);
const HOSTNAME = [
  ...['hostname', 'hostname_file', 'hostname_fqdn', 'host_aliases'],
  ...['hostname_trust_uts_namespace', 'hostname_force_config_as_canonical'],
];

/** `datadog.yaml`, and the files beside it that configure other parts of the agent. */
export const readAgent: ReadDocument = (document, _file, context): Part => {
  const { ledger, where, group, machine } = context;
  // An agent measures its machine, whatever else it is told.
  if (where === 'machine') machine.origin ??= document;
  for (const [key, node] of entriesOf(document))
    if (!APART.has(key)) say(node, FAMILIES.find(([pattern]) => pattern.test(key))?.[1], ledger);
  const labels = {
    ...tagsOf([child(document, 'tags'), child(document, 'extra_tags')], context),
    ...environmentOf(document, context),
  };
  for (const key of HOSTNAME)
    ledger.changed(
      child(document, key),
      where === 'machine' ? `ingest.hosts[${group}]` : 'the collector',
      'label `instance` is the name of the machine, as its system has it',
    );
  readLines(document, context);
  const apm = child(document, 'apm_config');
  say(apm, APM, ledger);
  if (booleanOf(child(apm, 'enabled')) === false) ledger.carried(apm, 'nothing: it is switched off');
  sampledBy(child(apm, 'probabilistic_sampler'), context);
  readOtlp(child(document, 'otlp_config'), context);
  const scraped = child(document, 'prometheus_scrape');
  say(scraped, ANNOTATED, ledger);
  for (const key of ['configs', 'checks'])
    ledger.impossible(
      child(scraped, key),
      'pods are found by their annotations alone: write a ServiceMonitor or PodMonitor for these targets',
    );
  const devices = child(document, 'network_devices');
  say(devices, TRAPS, ledger);
  say(child(devices, 'autodiscovery'), SEARCH, ledger);
  return { labels };
};
