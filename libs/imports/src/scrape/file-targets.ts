import { child, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';

/** Groups of the files that `file_sd_configs` names, where they are among the inputs. */
export function fileGroups(job: SourceNode, { ledger, filesAt, to }: Reading): readonly SourceNode[] {
  return itemsOf(child(job, 'file_sd_configs')).flatMap((config) => {
    ledger.changed(
      child(config, 'refresh_interval'),
      `${to}.static`,
      'the targets are in git now: a commit changes them',
    );
    return itemsOf(child(config, 'files')).flatMap((node) => {
      const pattern = textOf(node) ?? '';
      const files = filesAt(pattern);
      if (files.length === 0) {
        ledger.impossible(
          node,
          'this file is not among the inputs: lay it beside the configuration and import again, or let a source of kind `http` ask for the list',
        );
        return [];
      }
      ledger.changed(node, `${to}.static`, 'its targets are in git now: a commit changes them');
      return files.flatMap((file) => ledger.documents(file).flatMap(itemsOf));
    });
  });
}
