import { SCRAPE_SECONDS } from '@lgtm-fleet/spec';
import { secondsOf } from '@lgtm-fleet/units';
import { durationText, fit } from '../../core/durations.ts';
import { booleanOf, child, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import type { ScrapeDefaults } from '../../scrape/context.ts';
import { externalLabels } from '../../scrape/external-labels.ts';
import { limitsOf } from '../../scrape/options.ts';
import { QUERY_LOG, RULE_OFFSET } from '../../scrape/reasons.ts';
import { remark } from '../../scrape/remarks.ts';

export interface Globals {
  /** Of `load.metrics`. */
  readonly scrapeInterval: string | undefined;
  readonly defaults: ScrapeDefaults;
  readonly labels: Readonly<Record<string, string>>;
  /** Of groups of rules that have none. */
  readonly evaluationInterval: string | undefined;
}

const USUAL_TIMEOUT = 10;

/** What holds for every job. */
export function globals(global: SourceNode | undefined, cluster: string, ledger: Ledger): Globals {
  if (global !== undefined) remark(global, ledger);
  const every = child(global, 'scrape_interval');
  const interval = fit(textOf(every), SCRAPE_SECONDS.least, SCRAPE_SECONDS.most);
  if (interval?.how === undefined)
    ledger.carried(interval === undefined ? undefined : every, 'load.metrics.scrapeInterval');
  else ledger.changed(every, 'load.metrics.scrapeInterval', `${interval.how}; each source has its own \`interval\``);
  const within = child(global, 'scrape_timeout');
  const timeout = secondsOf(textOf(within));
  if (timeout === USUAL_TIMEOUT) ledger.carried(within, 'nothing: it is so anyway');
  else if (timeout !== undefined) ledger.changed(within, 'ingest.sources[].timeout', 'each source has its own');
  const own = secondsOf(textOf(every));
  const limits = global === undefined ? {} : limitsOf(global, { ledger, to: 'ingest.sources[]' });
  const native = child(global, 'scrape_native_histograms');
  ledger.changed(native, 'ingest.sources[].nativeHistograms', 'each source has its own');
  ledger.impossible(child(global, 'query_log_file'), QUERY_LOG);
  ledger.impossible(child(global, 'rule_query_offset'), RULE_OFFSET);
  return {
    scrapeInterval: interval?.text,
    defaults: {
      ...(interval?.how !== undefined && own !== undefined && { interval: own }),
      ...(timeout !== undefined && timeout !== USUAL_TIMEOUT && { timeout }),
      ...(Object.keys(limits).length > 0 && { limits }),
      ...(booleanOf(native) === true && { nativeHistograms: true }),
    },
    labels: externalLabels(child(global, 'external_labels'), cluster, ledger),
    evaluationInterval: evaluation(child(global, 'evaluation_interval'), ledger),
  };
}

const USUAL_EVALUATION = 60;

function evaluation(node: SourceNode | undefined, ledger: Ledger): string | undefined {
  const seconds = secondsOf(textOf(node));
  if (seconds === undefined) return undefined;
  if (seconds === USUAL_EVALUATION) {
    ledger.carried(node, 'nothing: it is so anyway');
    return undefined;
  }
  ledger.changed(node, 'rules: groups[].interval', 'each group that has no `interval` gets it');
  return durationText(Math.max(1, Math.round(seconds)));
}
