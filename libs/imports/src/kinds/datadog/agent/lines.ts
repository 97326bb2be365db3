import { booleanOf, child, entriesOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { DatadogContext } from '../context.ts';
import { LINES_WHY, POD_LINES } from './reasons.ts';
import { say } from './say.ts';

/** What the agent says of all lines. */
export function readLines(document: SourceNode, context: DatadogContext): void {
  const { ledger, where, group } = context;
  const on = child(document, 'logs_enabled');
  if (booleanOf(on) === false) ledger.carried(on, 'nothing: lines are read where files name them');
  else if (on !== undefined && where === 'machine') ledger.carried(on, `ingest.hosts[${group}].files`);
  else say(on, POD_LINES, ledger);
  ledger.changed(child(document, 'logs_no_ssl'), 'the collector', 'how lines are read and sent follows from the plan');
  const config = child(document, 'logs_config');
  for (const [key, node] of entriesOf(config))
    if (key === 'processing_rules' || key.includes('multi_line')) ledger.impossible(node, LINES_WHY);
    else ledger.changed(node, 'the collector', 'how lines are read and sent follows from the plan');
  const all = child(config, 'container_collect_all');
  if (where === 'nodes') say(all, POD_LINES, ledger);
  else if (booleanOf(all) === true)
    ledger.impossible(
      all,
      'containers of Docker are not read: let Docker write to the journal, `"log-driver": "journald"`',
    );
}
