import type { Block } from '../ast.ts';
import { components, standardNames } from '../catalogue/index.ts';
import type { Kind } from '../catalogue/read.ts';
import { attributesOf, referencesOf, type Reference } from '../walk.ts';
import type { Findings } from './finding.ts';
import { nameOf, resolve, visibleFrom, type Component, type Scope } from './scope.ts';

/**
 * Follows every reference of a block to its component, notes that this one is in use, and finds references
 * to what is not there.
 */
export function linkReferences(scope: Scope, block: Block, owner: Component | undefined, findings: Findings): void {
  for (const { attribute } of attributesOf(block.body)) {
    for (const reference of referencesOf(attribute.value)) {
      const found = resolve(scope, reference);
      if (found === undefined) {
        if (!isVariable(scope, reference)) dangling(scope, reference, findings);
        continue;
      }
      found.component.used.add(reference.path[found.rest]?.name ?? '*');
      owner?.refersTo.push({ target: found.component, reference });
      checkExport(found.component, reference, found.rest, findings);
    }
  }
}

function isVariable(scope: Scope, reference: Reference): boolean {
  const root = nameOf(reference, 1);
  if (standardNames.has(root)) return true;
  for (const at of visibleFrom(scope)) if (at.variable === root) return true;
  return false;
}

/** Kind of the export that a reference names; `unknown` where nobody can tell. */
export function kindOfReference(scope: Scope, reference: Reference): Kind | 'component' | 'data' | 'unknown' {
  const found = resolve(scope, reference);
  const model = found?.component.model;
  if (found === undefined || model === undefined || model.custom === true) return 'unknown';
  if (found.component.block.name.name === 'argument') return 'unknown';
  const name = reference.path[found.rest]?.name;
  if (name === undefined) return 'component';
  // A part of an export, as `local.file.a.content.b`, is data whatever the export is.
  if (!model.exports.has(name)) return 'unknown';
  return reference.path.length > found.rest + 1 ? 'data' : (model.exports.get(name) ?? 'data');
}

function checkExport({ id, model }: Component, reference: Reference, rest: number, findings: Findings): void {
  const name = reference.path[rest];
  if (name === undefined || model === undefined || model.exports.has(name.name)) return;
  const exports = [...model.exports.keys()];
  const all =
    exports.length === 0 ? 'it exports nothing' : `it exports ${exports.map((each) => `\`${each}\``).join(', ')}`;
  findings.add(
    'alloy-unknown-export',
    name.span,
    `\`${id}\` does not export \`${name.name}\``,
    findings.meant(name.name, exports) ?? all,
  );
}

function dangling(scope: Scope, reference: Reference, findings: Findings): void {
  for (let length = Math.min(reference.path.length - 1, 6); length > 0; length -= 1) {
    const name = nameOf(reference, length);
    const label = reference.path[length];
    const labels = scope.labels.get(name);
    if (label === undefined || (labels === undefined && !components.has(name))) continue;
    const help = findings.meant(label.name, labels ?? []);
    const span = { start: reference.span.start, end: label.span.end };
    findings.add('alloy-dangling-reference', span, `there is no \`${name}\` with the label \`${label.name}\``, help);
    return;
  }
  const whole = nameOf(reference, 8);
  const help = findings.meant(whole, namesIn(scope));
  findings.add('alloy-dangling-reference', reference.span, `nothing here is called \`${whole}\``, help);
}

function* namesIn(scope: Scope): Generator<string> {
  for (const { id, model } of scope.components.values()) {
    yield id;
    for (const name of model?.exports.keys() ?? []) yield `${id}.${name}`;
  }
}
