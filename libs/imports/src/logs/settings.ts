import { booleanOf, child, numberOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../core/verdicts.ts';
import type { LogContext, Place } from './context.ts';

type Verdicts = readonly (readonly [verdict: Verdict, keys: readonly string[]])[];

const FOLLOWS = changedTo('the collector', 'Alloy finds and follows files by itself');

const EVERYWHERE: Verdicts = [
  [
    changedTo(
      'the collector',
      'Alloy listens at its own port, and logs as the stack says; nobody asks it from outside',
    ),
    ['server'],
  ],
  [FOLLOWS, ['global/file_watch_config', 'target_config/sync_period']],
  [impossible('what comes by the standard input is not read: write it to a file'), ['target_config/stdin']],
  [impossible('the programs of the stack send traces of their own nowhere'), ['tracing/enabled']],
  [
    changedTo('the collector', 'what is read is the queue: while a batch waits, files and journal are read no further'),
    ['wal'],
  ],
  [
    impossible('a collector does not count streams: how many a tenant may have is a limit of the store'),
    ['limits_config/max_streams'],
  ],
  [
    changedTo('the collector', 'a line of more than 256 KiB is cut, not lost'),
    ['limits_config/max_line_size', 'limits_config/max_line_size_truncate'],
  ],
];

const POSITIONS: Readonly<Record<Place, Verdict>> = {
  nodes: changedTo(
    'Alloy on the nodes',
    'it has positions of its own, and reads every file from its beginning once: lines that both collectors have read are stored by both',
  ),
  machine: changedTo(
    'the collector',
    'it has positions of its own, and reads every file from its beginning once: lines of the last week come a second time if they go where those of before are',
  ),
};

const RATE: Readonly<Record<Place, Verdict>> = {
  nodes: impossible(
    'how much a tenant may send is limited by the store, `tenants[].limits.logs`; what is beyond waits in its files',
  ),
  machine: changedTo(
    'the collector',
    'a machine sends 1,000 lines in a second at most, and what is beyond waits in its files',
  ),
};

/** What a configuration says beside jobs and clients. */
export function readSettings(root: SourceNode, { ledger, place }: Pick<LogContext, 'ledger' | 'place'>): void {
  judge(root, EVERYWHERE, ledger);
  judge(root, [[POSITIONS[place], ['positions']]], ledger);
  const limits = child(root, 'limits_config');
  const rate = ['readline_rate', 'readline_burst', 'readline_rate_enabled', 'readline_rate_drop'];
  if (booleanOf(child(limits, 'readline_rate_enabled')) === true)
    judge(root, [[RATE[place], rate.map((key) => `limits_config/${key}`)]], ledger);
  else for (const key of rate) ledger.carried(child(limits, key), 'nothing: it is off');
  for (const key of ['max_streams', 'max_line_size']) {
    const node = child(limits, key);
    if (numberOf(node) === 0) ledger.carried(node, 'nothing: it is no limit');
  }
  const options = child(root, 'options');
  if (options?.kind === 'map' && options.entries.size === 0) ledger.carried(options, 'nothing: it is empty');
}
