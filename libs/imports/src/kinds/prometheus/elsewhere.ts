import { fit } from '../../core/durations.ts';
import { child, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { impossible, judge, type Verdict } from '../../core/verdicts.ts';
import {
  ALERTING,
  BY_AGE,
  EXEMPLARS,
  LATE_SAMPLES,
  OTLP,
  REMOTE_READ,
  REMOTE_WRITE,
  TRACING,
} from '../../scrape/reasons.ts';

const VERDICTS: readonly (readonly [Verdict, readonly string[]])[] = [
  [impossible(REMOTE_WRITE), ['remote_write']],
  [impossible(REMOTE_READ), ['remote_read']],
  [impossible(ALERTING), ['alerting']],
  [impossible(TRACING), ['tracing']],
  [impossible(OTLP), ['otlp']],
  [impossible('how the garbage of a program is collected follows from the plan'), ['runtime']],
  [impossible(LATE_SAMPLES), ['storage/tsdb/out_of_order_time_window']],
  [impossible(EXEMPLARS), ['storage/exemplars']],
  [impossible(BY_AGE), ['storage/tsdb/retention/size', 'storage/tsdb/retention/percentage']],
];

/** What a configuration says of other things than scraping and rules; gives the retention, where it says one. */
export function elsewhere(root: SourceNode, ledger: Ledger): string | undefined {
  judge(root, VERDICTS, ledger);
  const time = child(root, 'storage', 'tsdb', 'retention', 'time');
  return retentionOf(time, ledger);
}

/** How long metrics are kept, within what the cluster file takes. */
export function retentionOf(time: SourceNode | undefined, ledger: Ledger): string | undefined {
  const fitted = fit(textOf(time), 86_400, 10 * 365 * 86_400);
  if (fitted === undefined) return undefined;
  if (fitted.how === undefined) ledger.carried(time, 'retention.metrics');
  else ledger.changed(time, 'retention.metrics', fitted.how);
  return fitted.text;
}
