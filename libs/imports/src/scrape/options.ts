import type { YamlMap } from '../core/draft.ts';
import { hasCredential, isCredential } from '../core/credentials.ts';
import { fit } from '../core/durations.ts';
import { child, entriesOf, numberOf, textOf } from '../core/look.ts';
import { takeBoolean, takeText, takeTexts } from '../core/take.ts';
import type { SourceNode } from '../core/node.ts';
import { authOf, tlsOf } from './auth.ts';
import type { Reading } from './context.ts';
import { relabelRules } from './relabel.ts';

/** What every kind of source has, by the keys of the cluster file. */
export function commonOf(job: SourceNode, reading: Reading): YamlMap {
  const { defaults } = reading;
  const relabel = relabelRules(child(job, 'relabel_configs'), 'relabel', reading);
  const metricRelabel = relabelRules(child(job, 'metric_relabel_configs'), 'metricRelabel', reading);
  const limits = { ...defaults.limits, ...limitsOf(job, reading) };
  const native = takeBoolean(reading.ledger, child(job, 'scrape_native_histograms'), `${reading.to}.nativeHistograms`);
  return {
    ...paceOf(job, reading),
    ...(relabel.length > 0 && { relabel }),
    ...(metricRelabel.length > 0 && { metricRelabel }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...((native ?? defaults.nativeHistograms) === true && { nativeHistograms: true }),
  };
}

/** How often, and how long at most. */
export function paceOf(job: SourceNode, { ledger, to, defaults, fatal }: Reading): YamlMap {
  const interval = child(job, 'scrape_interval');
  const timeout = child(job, 'scrape_timeout');
  const every = pace(interval, 5);
  const within = pace(timeout, 1);
  const intervalSeconds = every?.seconds ?? defaults.interval;
  const wanted = within?.seconds ?? defaults.timeout;
  // Prometheus shortens a timeout that nobody said of this job.
  const timeoutSeconds =
    within === undefined && wanted !== undefined && intervalSeconds !== undefined
      ? Math.min(wanted, intervalSeconds)
      : wanted;
  return {
    ...(intervalSeconds !== undefined && { interval: fit(`${intervalSeconds}s`, 5, 3600)?.text }),
    ...(timeoutSeconds !== undefined && { timeout: fit(`${timeoutSeconds}s`, 1, 3600)?.text }),
  };

  function pace(node: SourceNode | undefined, least: number) {
    if (node === undefined || textOf(node) === undefined) return undefined;
    const fitted = fit(textOf(node), least, 3600);
    const key = least === 5 ? 'interval' : 'timeout';
    if (fitted === undefined) fatal.push(`\`scrape_${key}\` is no duration`);
    else if (fitted.how === undefined) ledger.carried(node, `${to}.${key}`);
    else ledger.changed(node, `${to}.${key}`, fitted.how);
    return fitted;
  }
}

const LIMITS = [
  ['sample_limit', 'sampleLimit', 'samples'],
  ['target_limit', 'targetLimit', 'targets'],
  ['label_limit', 'labelLimit', 'labels'],
  ['label_name_length_limit', 'labelNameLengthLimit', 'labelNameLength'],
  ['label_value_length_limit', 'labelValueLengthLimit', 'labelValueLength'],
] as const;

/**
 * Limits of a job, or of all jobs, in the words of Prometheus or of its operator. Nothing, which is 0 to Prometheus,
 * is what the cluster file has for everybody.
 */
export function limitsOf(
  from: SourceNode,
  { ledger, to }: Pick<Reading, 'ledger' | 'to'>,
  words: 'snake' | 'camel' = 'snake',
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    LIMITS.flatMap(([snake, camel, name]) => {
      const node = child(from, words === 'snake' ? snake : camel);
      const limit = numberOf(node);
      if (limit === undefined) return [];
      if (limit === 0)
        ledger.changed(node, `${to}.limits.${name}`, 'without a limit it is what every source has unless said');
      else ledger.carried(node, `${to}.limits.${name}`);
      return limit === 0 ? [] : [[name, limit]];
    }),
  );
}

/** How targets are asked over HTTP. */
export function httpOf(job: SourceNode, reading: Reading): YamlMap {
  const { ledger, to, fatal } = reading;
  const scheme = takeText(ledger, child(job, 'scheme'), `${to}.scheme`)?.toLowerCase();
  const path = takeText(ledger, child(job, 'metrics_path'), `${to}.path`);
  if (hasCredential(path ?? ''))
    fatal.push('a credential stands in its path: say it with `auth`, if the target takes that');
  const honorLabels = takeBoolean(ledger, child(job, 'honor_labels'), `${to}.honorLabels`);
  const honorTimestamps = takeBoolean(ledger, child(job, 'honor_timestamps'), `${to}.honorTimestamps`);
  const params = paramsOf(child(job, 'params'), reading);
  const auth = authOf(job, reading);
  const tls = tlsOf(child(job, 'tls_config'), reading);
  for (const key of ['oauth2', 'http_headers', 'sigv4', 'azuread'])
    if (child(job, key) !== undefined)
      fatal.push(`\`${key}\` cannot be said of a source: \`auth\` knows a name with a password, and a token`);
  return {
    ...(scheme !== undefined && scheme !== 'http' && { scheme }),
    ...(path !== undefined && path !== '/metrics' && { path: path.startsWith('/') ? path : `/${path}` }),
    ...(params !== undefined && { params }),
    ...(honorLabels === true && { honorLabels }),
    ...(honorTimestamps === false && { honorTimestamps }),
    ...(auth !== undefined && { auth }),
    ...(tls !== undefined && { tls }),
  };
}

function paramsOf(params: SourceNode | undefined, { ledger, to }: Reading): YamlMap | undefined {
  const kept = entriesOf(params).flatMap(([name, node]): readonly (readonly [string, readonly string[]])[] => {
    if (isCredential(name)) {
      ledger.impossible(
        node,
        'it looks like a credential, and the address of a scrape can refer to no Secret: say it with `auth` if the target takes that',
      );
      return [];
    }
    const values = takeTexts(ledger, node, `${to}.params`);
    return values.length === 0 ? [] : [[name, values]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
