import { secondsOf } from '@lgtm-fleet/units';
import { fit, type Fitted } from '../../core/durations.ts';
import { booleanOf, child, itemsOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { placeOf, type Part } from './context.ts';

const DAY = 86_400;
const LONGEST = 10 * 365 * DAY;
/** What the draft keeps where nothing was deleted before, which somebody has to decide. */
const GUESS = '14d';

export interface Retention extends Part {
  /** Seconds that lines are kept now, where anything deletes them. */
  readonly seconds?: number;
}

/**
 * How long lines are kept. Loki has two things that delete, and neither does unless it is switched on; the chart
 * switches on neither.
 */
export function readRetention(config: SourceNode | undefined, ledger: Ledger): Retention {
  const compactor = child(config, 'compactor', 'retention_enabled');
  const tables = child(config, 'table_manager', 'retention_deletes_enabled');
  const period = child(config, 'limits_config', 'retention_period');
  const ofTables = child(config, 'table_manager', 'retention_period');
  for (const item of itemsOf(child(config, 'limits_config', 'retention_stream')))
    ledger.impossible(item, 'lines are kept by their tenant: say `tenants[].retention.logs`');
  const [byCompactor, byTables] = [booleanOf(compactor) === true, booleanOf(tables) === true];
  ledger.carried(compactor, byCompactor ? 'retention.logs' : 'nothing: it is off');
  ledger.carried(tables, byTables ? 'retention.logs' : 'nothing: it is off');
  const own = fitted(period);
  const table = fitted(ofTables);
  if (own === undefined && isZero(period)) ledger.carried(period, 'nothing: it is no period');
  if (table === undefined && isZero(ofTables)) ledger.carried(ofTables, 'nothing: it is no period');
  if (byCompactor && own !== undefined) return kept(own, ledger);
  if (byTables && table !== undefined) {
    ledger.changed(period, 'retention.logs', 'the table manager deletes before it does');
    return kept(table, ledger);
  }
  const meant = own ?? table;
  if (meant === undefined) return asked(GUESS, 'nothing was deleted before. What is older goes');
  const switchedOff = own === undefined ? 'table_manager.retention_deletes_enabled' : 'compactor.retention_enabled';
  for (const [node, one] of [
    [period, own],
    [ofTables, table],
  ] as const)
    if (one !== undefined)
      ledger.changed(node, 'retention.logs', `it deleted nothing, since \`${switchedOff}\` was off: here it deletes`);
  return asked(meant.text, 'it was said before and deleted nothing. Now what is older goes');
}

interface Found extends Fitted {
  readonly node: SourceNode;
}

function fitted(node: SourceNode | undefined): Found | undefined {
  const found = isZero(node) ? undefined : fit(textOf(node), DAY, LONGEST);
  return node === undefined || found === undefined ? undefined : { ...found, node };
}

function isZero(node: SourceNode | undefined): boolean {
  return secondsOf(textOf(node)) === 0;
}

function kept({ node, text, how, seconds }: Found, ledger: Ledger): Retention {
  if (how === undefined) ledger.carried(node, 'retention.logs');
  else ledger.changed(node, 'retention.logs', how);
  return { seconds, spec: { retention: { logs: text } }, comments: { 'retention/logs': placeOf(node) } };
}

function asked(text: string, why: string): Retention {
  return {
    spec: { retention: { logs: text } },
    comments: { 'retention/logs': `To be decided: how long lines are kept; ${why}` },
    advice: [`How long lines are kept: \`retention.logs\`; ${why}`],
  };
}
