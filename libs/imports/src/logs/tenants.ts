import { textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import { dnsLabel } from '../core/names.ts';
import type { SourceNode } from '../core/node.ts';

/** Whose everything is where nobody says it. */
export const FIRST = 'main';
const NAME = /^[a-zA-Z0-9](?:[-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;

/** A tenant as the cluster file takes it: names that differ only in case count as one. */
export function tenantName(
  node: SourceNode | undefined,
  written: string,
  known: Map<string, string>,
  ledger: Ledger,
): string {
  const wanted = NAME.test(written) ? written : dnsLabel(written);
  const name = known.get(wanted.toLowerCase()) ?? wanted;
  known.set(wanted.toLowerCase(), name);
  if (name === written) ledger.carried(node, `tenants[${name}].name`);
  else
    ledger.changed(
      node,
      `tenants[${name}].name`,
      'a name has letters, digits, `-` and `_`, and case does not tell two apart',
    );
  return name;
}

/** Names of the tenants that are said, in the same order; of none, the first of every cluster. */
export function tenantNames(said: readonly (SourceNode | undefined)[], ledger: Ledger): readonly string[] {
  const known = new Map<string, string>();
  return said.map((node) => {
    const written = textOf(node) ?? '';
    if (node === undefined || written === '') return FIRST;
    if (/\$\{|\{\{/.test(written)) {
      ledger.impossible(
        node,
        `what a variable says is not known here: the draft has tenant \`${FIRST}\`, which you rename`,
      );
      return FIRST;
    }
    return tenantName(node, written, known, ledger);
  });
}
