import { components as known, configurationBlocks, type BodyModel } from '@lgtm-fleet/alloy';
import { child } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import { leavesOf, type SourceNode } from '../../core/node.ts';
import type { Expanded } from './modules/expand.ts';
import { isBound } from './modules/found.ts';
import { valueOf } from './modules/values.ts';
import type { World } from './modules/world.ts';
import { isBlock, type BlockNode } from './syntax/nodes.ts';
import { SETTINGS, UNUSED, VERDICTS } from './verdicts.ts';

/** What is said of a component as a whole, before its parts are read. */
export function judgeWhole({ components, settings, elsewhere }: Expanded, ledger: Ledger): void {
  for (const { name, node } of components) say(node, VERDICTS.get(name), ledger);
  for (const node of settings) say(node, SETTINGS.get(node.name), ledger);
  for (const node of elsewhere)
    ledger.impossible(
      node,
      'its module is elsewhere: lay it among the inputs, name it with `import.file`, and import again',
    );
}

function say(node: SourceNode, verdict: ReturnType<typeof VERDICTS.get>, ledger: Ledger): void {
  if (verdict?.outcome === 'changed') ledger.changed(node, verdict.to, verdict.how);
  else if (verdict !== undefined) ledger.impossible(node, verdict.why);
}

/** What is left when everything is read: what was worked out, what leads on, and what nothing uses. */
export function sweep({ components, settings, holders, used }: Expanded, world: World): void {
  const { ledger } = world;
  for (const { name, node } of components) {
    const onward = child(node, 'forward_to');
    if (onward?.kind === 'list' && onward.items.length === 0) ledger.carried(onward, 'nothing: it is empty');
    if (name === 'local.file')
      for (const key of ['filename', 'detector', 'poll_frequency', 'is_secret'])
        ledger.changed(child(node, key), 'ingest.sources', 'what a file says stands where it is used, or in a Secret');
    else if (USABLE.test(name) && [...leavesOf(node)].every((leaf) => ledger.outcomeOf(leaf) === 'unknown'))
      ledger.carried(node, UNUSED);
  }
  workedOut(world);
  for (const holder of holders) {
    const unused = holder.name === 'declare' && !used.has(holder);
    if (unused && [...leavesOf(holder)].every((leaf) => ledger.outcomeOf(leaf) === 'unknown'))
      ledger.carried(holder, UNUSED);
    for (const leaf of leavesOf(holder))
      if (ledger.outcomeOf(leaf) === 'unknown') ledger.carried(leaf, unused ? UNUSED : HELD);
  }
  for (const node of [...components.map((component) => component.node), ...settings]) {
    const model = known.get(node.name) ?? configurationBlocks.get(node.name);
    if (model !== undefined) forgetStrange(node, model.body(), ledger);
  }
}

/** Components that do nothing by themselves. */
const USABLE =
  /^(?:discovery\.|local\.file_match|prometheus\.(?:relabel|exporter\.)|loki\.(?:relabel|process)|otelcol\.)/;
const HELD = 'nothing: what a module or a loop makes is written out, with what it is given';

/** Values that Alloy works out: they are in the draft, lead from one component to the next, or are not known here. */
function workedOut(world: World): void {
  const { ledger } = world;
  for (const [leaf, made] of world.made) {
    const outcome = ledger.outcomeOf(leaf);
    if (!isBound(made)) {
      if (outcome === 'unknown')
        ledger.carried(leaf, 'nothing: it is worked out, and its value stands where it is used');
      continue;
    }
    const found = valueOf(made.expression, made.scope, made, world);
    if (found.kind === 'unknown') {
      if (outcome === 'unknown' || outcome === 'carried')
        ledger.impossible(leaf, `its value is not known here: ${found.why}`);
    } else if (outcome === 'unknown') ledger.carried(leaf, 'nothing: it leads from one component to the next');
  }
}

/** What this release of Alloy does not know is not known here, whatever was said of the whole. */
function forgetStrange(node: BlockNode, model: BodyModel, ledger: Ledger): void {
  for (const [key, value] of node.entries) {
    if (!isBlock(value)) {
      if (!model.arguments.has(key)) ledger.forgotten(value);
      continue;
    }
    const inner = model.blocks.get(value.name);
    if (inner === undefined) ledger.forgotten(value);
    else forgetStrange(value, inner.body(), ledger);
  }
}
