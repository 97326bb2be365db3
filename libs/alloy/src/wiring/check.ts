import type { AlloyFile, Block, Statement } from '../ast.ts';
import { configurationBlocks } from '../catalogue/index.ts';
import { checkBody, checkOutermost } from './arguments.ts';
import { checkCycles } from './cycles.ts';
import { createFindings, type AlloyFinding, type Findings } from './finding.ts';
import { checkFed, checkOutlets } from './flow.ts';
import { checkKinds } from './kinds.ts';
import { linkReferences } from './references.ts';
import { readScope, type Scope } from './scope.ts';

/**
 * What is wrong with the wiring of a configuration that Alloy 1.18 loads from this file alone, two hundred
 * findings at most, in the order of the file.
 *
 * Modules are checked by what the file says of them: the body of a `declare` as a configuration of its own, the
 * template of a `foreach` with all around it in sight. Not checked: what an `import` brings (its components,
 * their arguments and exports), values other than references (types, ranges, units), the elements of an index
 * or a call but for `array.concat`, labels of inner blocks, and whether the stability level admits a component.
 */
export function checkWiring(file: AlloyFile): readonly AlloyFinding[] {
  const findings = createFindings();
  checkOutermost(file.body, findings);
  checkScope(file.body, readScope(file.body, findings), findings);
  return findings.all();
}

function checkScope(body: readonly Statement[], scope: Scope, findings: Findings): void {
  const owners = new Map([...scope.components.values()].map((component) => [component.block, component]));
  for (const block of body) {
    if (block.kind === 'attribute') continue;
    if (block.name.name === 'declare') {
      checkScope(block.body, readScope(block.body, findings, { around: scope }), findings);
    } else if (block.name.name === 'foreach') {
      checkForeach(block, scope, findings);
    } else {
      linkReferences(scope, block, owners.get(block), findings);
      const model = owners.get(block)?.model ?? configurationBlocks.get(block.name.name);
      if (model === undefined) continue;
      checkBody(block, model.body(), findings);
      checkKinds(scope, block, model.body(), findings);
    }
  }
  // Only now every reference from within a template is known.
  for (const component of scope.components.values()) {
    checkFed(component, findings);
    checkOutlets(component, findings);
  }
  checkCycles([...scope.components.values()], findings);
}

/** The template sees what is around it, and its variable; what it refers to is in use. */
function checkForeach(block: Block, scope: Scope, findings: Findings): void {
  const isTemplate = (statement: Statement): statement is Block =>
    statement.kind === 'block' && statement.name.name === 'template';
  const [template, second] = block.body.filter(isTemplate);
  const own = { ...block, body: block.body.filter((statement) => !isTemplate(statement)) };
  const model = configurationBlocks.get('foreach');
  if (model !== undefined) checkBody(own, model.body(), findings);
  linkReferences(scope, own, undefined, findings);
  if (second !== undefined)
    findings.add('alloy-duplicate-argument', second.name.span, '`template` may be there once only');
  if (template === undefined) {
    findings.add('alloy-missing-argument', block.name.span, '`foreach` needs `template`');
    return;
  }
  const place = { around: scope, variable: variableOf(own) };
  checkScope(template.body, readScope(template.body, findings, place), findings);
}

/** The name that the items of a `foreach` go by; empty where it is not given as a string. */
function variableOf({ body }: Block): string {
  for (const statement of body)
    if (statement.kind === 'attribute' && statement.name.name === 'var' && statement.value.kind === 'string')
      return statement.value.value;
  return '';
}
