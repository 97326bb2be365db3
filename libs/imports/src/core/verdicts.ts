import { child } from './look.ts';
import type { Ledger } from './ledger.ts';
import { leavesOf, type SourceNode } from './node.ts';

/** What is said of keys that are not read any further. */
export type Verdict =
  | { readonly outcome: 'changed'; readonly to: string; readonly how: string }
  | { readonly outcome: 'impossible'; readonly why: string };

export function changedTo(to: string, how: string): Verdict {
  return { outcome: 'changed', to, how };
}

export function impossible(why: string): Verdict {
  return { outcome: 'impossible', why };
}

/** Says of each key that is there what its verdict is; of a key that says nothing or no, that it is so anyway. */
export function judge(
  from: SourceNode | undefined,
  verdicts: readonly (readonly [verdict: Verdict, keys: readonly string[]])[],
  ledger: Ledger,
): void {
  for (const [verdict, keys] of verdicts)
    for (const key of keys) {
      const node = child(from, ...key.split('/'));
      if (node === undefined) continue;
      if (saysNothing(node)) ledger.carried(node, 'nothing: it is off, or says nothing');
      else if (verdict.outcome === 'changed') ledger.changed(node, verdict.to, verdict.how);
      else ledger.impossible(node, verdict.why);
    }
}

/** Keys that are read by themselves, where they say something. */
export function passOver(from: SourceNode | undefined, keys: readonly string[], ledger: Ledger): void {
  for (const key of keys) {
    const node = child(from, key);
    if (node !== undefined && saysNothing(node)) ledger.carried(node, 'nothing: it is off, or says nothing');
  }
}

const NOTHING = new Set<unknown>([null, false, '', 'false']);

/** Whether all that stands there is empty, or off. */
export function saysNothing(node: SourceNode): boolean {
  for (const leaf of leavesOf(node)) if (leaf.kind === 'scalar' && !NOTHING.has(leaf.value)) return false;
  return true;
}
