import type { SourceFile } from '@lgtm-fleet/spec';
import { positionAt } from '@lgtm-fleet/diagnostics';
import { documentsOf } from '../core/documents.ts';
import type { Ledger } from '../core/ledger.ts';
import { textOf } from '../core/look.ts';
import { isLeaf, type SourceNode } from '../core/node.ts';
import { moved, placeOf } from './place.ts';

/** What is said of a value whose text is read: the keys in it answer for themselves. */
export const READ_BY_ITSELF = 'nothing: what stands in its text is accounted for by itself';

/**
 * The documents of a text of YAML or JSON that is a value in another file. Its keys are answered for with their places
 * there, beside the value that holds them.
 */
export function documentsIn(leaf: SourceNode, file: SourceFile | undefined, ledger: Ledger): readonly SourceNode[] {
  const text = textOf(leaf);
  if (text === undefined) return [];
  const read = documentsOf({ path: leaf.file, text });
  if (!read.ok) {
    const { line } = positionAt(text, read.fault.span?.start ?? 0);
    const place = placeOf(leaf, text, file?.text ?? '');
    ledger.impossible(leaf, `its text cannot be read: ${read.fault.message}, in line ${place.line + line - 1}`);
    return [];
  }
  const found = read.documents.filter((document) => !isLeaf(document));
  if (found.length === 0) return [];
  ledger.carried(leaf, READ_BY_ITSELF);
  const place = placeOf(leaf, text, file?.text ?? '');
  const documents = found.map((document) => moved(document, place));
  for (const document of documents) ledger.open(document);
  return documents;
}
