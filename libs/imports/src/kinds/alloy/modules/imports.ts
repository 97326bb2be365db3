import { parseAlloy } from '@lgtm-fleet/alloy';
import { child, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { READ_BY_ITSELF } from '../../../embedded/documents.ts';
import { moved, placeOf } from '../../../embedded/place.ts';
import { allBlocks, type BlockNode } from '../syntax/nodes.ts';
import { treeOf } from '../syntax/tree.ts';
import { scopeOf, type Declared, type Scope } from './scope.ts';
import { settled } from './values.ts';
import type { World } from './world.ts';

/** What is left of what is written out: an import, an instance, a round of a loop. */
export interface Budget {
  left: number;
}

export function spend(budget: Budget): boolean {
  budget.left -= 1;
  return budget.left >= 0;
}

interface Importing {
  readonly world: World;
  readonly budget: Budget;
  readonly rootOf: (path: string) => MapNode | undefined;
}

const DEEPEST = 10;

/** The modules that an import brings; nothing where they are not among the inputs. */
export function importedBy(
  block: BlockNode,
  scope: Scope,
  importing: Importing,
): ReadonlyMap<string, Declared> | undefined {
  const { ledger } = importing.world;
  if (scope.depth > DEEPEST || !spend(importing.budget)) return undefined;
  if (block.name === 'import.string') return fromString(block, scope, importing);
  if (block.name !== 'import.file') {
    ledger.impossible(
      block,
      'its modules are elsewhere: lay them among the inputs, name them with `import.file`, and import again',
    );
    return undefined;
  }
  const filename = child(block, 'filename');
  const file = importing.world.fileAt(textOf(filename) ?? '', block.file);
  const root = file === undefined ? undefined : importing.rootOf(file.path);
  if (root === undefined) {
    ledger.impossible(filename, 'no such file is among the inputs: lay it beside the configuration and import again');
    return undefined;
  }
  ledger.carried(block, 'nothing: its modules are read, and what they make is written out');
  return modulesOf(root, scope, importing);
}

function fromString(block: BlockNode, scope: Scope, importing: Importing): ReadonlyMap<string, Declared> | undefined {
  const { ledger } = importing.world;
  const content = child(block, 'content');
  const text = textOf(content);
  if (content === undefined || text === undefined) return undefined;
  const { file, faults } = parseAlloy(text);
  const [fault] = faults;
  if (fault !== undefined) {
    ledger.impossible(content, `its text cannot be read: ${fault.message}`);
    return undefined;
  }
  ledger.carried(content, READ_BY_ITSELF);
  const root = moved(treeOf(file, block.file), placeOf(content, text, ''));
  ledger.open(root);
  return modulesOf(root, scope, importing);
}

/** Modules see what their own file imports. */
function modulesOf(root: MapNode, scope: Scope, importing: Importing): ReadonlyMap<string, Declared> {
  const own = scopeOf({ file: root.file, depth: scope.depth + 1 });
  const blocks = allBlocks(root);
  for (const block of blocks)
    if (block.name === 'declare' && block.label !== undefined) own.declares.set(block.label, { block, scope: own });
  for (const block of blocks)
    if (block.name.startsWith('import.') && block.label !== undefined)
      own.imports.set(block.label, importedBy(settled(block, own, importing.world), own, importing));
  return own.declares;
}
