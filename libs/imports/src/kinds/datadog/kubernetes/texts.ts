import type { SourceFile } from '@lgtm-fleet/spec';
import type { Drafted } from '../../../core/draft.ts';
import { entriesOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { documentsIn } from '../../../embedded/documents.ts';
import { readCheckFile } from '../checks/file.ts';
import type { DatadogContext } from '../context.ts';

/** Files of `conf.d` that are texts of a map, by the names of the files. */
export function readTexts(
  texts: SourceNode | undefined,
  file: SourceFile,
  context: DatadogContext,
): readonly Drafted[] {
  return entriesOf(texts).flatMap(([name, node]) => {
    const check = name.replace(/\.ya?ml$/, '');
    // A chart takes a map as well as a text.
    if (node.kind === 'map' && node.entries.size > 0) return readCheckFile(node, check, context);
    return documentsIn(node, file, context.ledger).flatMap((document) => readCheckFile(document, check, context));
  });
}

/** The same where files of several checks have a folder of each. */
export function readFolders(
  folders: SourceNode | undefined,
  file: SourceFile,
  context: DatadogContext,
): readonly Drafted[] {
  return entriesOf(folders).flatMap(([check, texts]) =>
    entriesOf(texts).flatMap(([, node]) =>
      documentsIn(node, file, context.ledger).flatMap((document) =>
        readCheckFile(document, check.replace(/\.d$/, ''), context),
      ),
    ),
  );
}
