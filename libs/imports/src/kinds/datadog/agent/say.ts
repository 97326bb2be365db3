import type { Ledger } from '../../../core/ledger.ts';
import type { SourceNode } from '../../../core/node.ts';
import { saysNothing, type Verdict } from '../../../core/verdicts.ts';

/** Says a verdict of a value that is there; of one that says nothing or no, that it is so anyway. */
export function say(node: SourceNode | undefined, verdict: Verdict | undefined, ledger: Ledger): void {
  if (node === undefined || verdict === undefined) return;
  if (saysNothing(node)) ledger.carried(node, 'nothing: it is off, or says nothing');
  else if (verdict.outcome === 'changed') ledger.changed(node, verdict.to, verdict.how);
  else ledger.impossible(node, verdict.why);
}
