import { booleanOf, entriesOf, itemsOf, numberOf, textOf } from './look.ts';
import type { Ledger } from './ledger.ts';
import type { SourceNode } from './node.ts';

/*
 * Reads a value and says that it is carried over, only where it was readable: a map where a text belongs stays
 * unmarked, and so is reported.
 */

type Take<T> = (ledger: Ledger, node: SourceNode | undefined, to: string) => T | undefined;

function taking<T>(read: (node: SourceNode | undefined) => T | undefined): Take<T> {
  return (ledger, node, to) => {
    if (isNothing(node)) ledger.carried(node, 'nothing: it has no value, which is the default');
    const value = read(node);
    if (value !== undefined) ledger.carried(node, to);
    return value;
  };
}

export const takeText: Take<string> = taking(textOf);
export const takeNumber: Take<number> = taking(numberOf);
export const takeBoolean: Take<boolean> = taking(booleanOf);

/** Texts of a list, or of one text where a program takes that for a list. */
export function takeTexts(ledger: Ledger, node: SourceNode | undefined, to: string): readonly string[] {
  const items = node?.kind === 'scalar' ? [node] : itemsOf(node);
  if (node?.kind === 'list' && items.length === 0) ledger.carried(node, to);
  const whole = items.length > 0 && items.every((item) => textOf(item) !== undefined);
  // One row of the report, where that is true of all.
  if (whole) ledger.carried(node, to);
  return items.flatMap((item) => (whole ? textOf(item) : takeText(ledger, item, to)) ?? []);
}

/** Texts of a map: labels. */
export function takeTextMap(
  ledger: Ledger,
  node: SourceNode | undefined,
  to: string,
): Readonly<Record<string, string>> {
  const entries = entriesOf(node);
  if (node?.kind === 'map' && entries.length === 0) ledger.carried(node, to);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const text = takeText(ledger, value, to);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** Whether a key stands there without a value. */
export function isNothing(node: SourceNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}
