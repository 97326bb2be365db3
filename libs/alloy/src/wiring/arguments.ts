import type { Span } from '@lgtm-fleet/diagnostics';
import type { Block, Statement } from '../ast.ts';
import type { BodyModel } from '../catalogue/read.ts';
import type { Findings } from './finding.ts';

/** Finds arguments and blocks that are unknown, missing or there twice, in a body and in the blocks in it. */
export function checkBody(owner: Block, model: BodyModel, findings: Findings): void {
  const seen = new Set<string>();
  for (const statement of owner.body) {
    const { name } = statement.name;
    const twice = seen.has(name);
    seen.add(name);
    if (statement.kind === 'attribute') {
      if (!checkAttribute(statement.name, model, owner, findings)) continue;
      if (twice) findings.add('alloy-duplicate-argument', statement.name.span, `\`${name}\` is set twice`);
    } else {
      checkBlock(statement, model, owner, twice, findings);
    }
  }
  for (const name of missing(seen, model)) {
    // Nothing leaves a component without it: a check of its own says so.
    if (name === 'output' && model.blocks.has('output')) continue;
    findings.add('alloy-missing-argument', owner.name.span, `\`${owner.name.name}\` needs \`${name}\``);
  }
}

/** True when there is such an argument. */
function checkAttribute(
  { name, span }: { readonly name: string; readonly span: Span },
  model: BodyModel,
  owner: Block,
  findings: Findings,
): boolean {
  if (model.arguments.has(name)) return true;
  if (model.blocks.has(name))
    findings.add('alloy-unknown-argument', span, `\`${name}\` is a block, not an argument`, `\`${name} { … }\``);
  else unknown('argument', name, span, model, owner, findings);
  return false;
}

function checkBlock(block: Block, model: BodyModel, owner: Block, twice: boolean, findings: Findings): void {
  const { name, span } = block.name;
  const inner = model.blocks.get(name);
  if (inner !== undefined) {
    if (twice && !inner.many) findings.add('alloy-duplicate-argument', span, `\`${name}\` may be there once only`);
    checkBody(block, inner.body(), findings);
  } else if (model.arguments.has(name)) {
    findings.add('alloy-unknown-argument', span, `\`${name}\` is an argument, not a block`, `\`${name} = …\``);
  } else {
    unknown('block', name, span, model, owner, findings);
  }
}

function unknown(what: string, name: string, span: Span, model: BodyModel, owner: Block, findings: Findings): void {
  const help = findings.meant(name, namesOf(model));
  findings.add('alloy-unknown-argument', span, `\`${owner.name.name}\` has no ${what} \`${name}\``, help);
}

function* namesOf(model: BodyModel): Generator<string> {
  yield* model.arguments.keys();
  yield* model.blocks.keys();
}

function missing(seen: ReadonlySet<string>, model: BodyModel): readonly string[] {
  return [...model.arguments, ...model.blocks]
    .filter(([name, { required }]) => required && !seen.has(name))
    .map(([name]) => name);
}

/** What stands outside of every component: an argument is nothing there. */
export function checkOutermost(body: readonly Statement[], findings: Findings): void {
  for (const statement of body)
    if (statement.kind === 'attribute')
      findings.add('alloy-unknown-argument', statement.name.span, `\`${statement.name.name}\` stands in no component`);
}
