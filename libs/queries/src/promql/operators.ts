import { shown } from '../core/cursor.ts';
import { error } from '../core/fault.ts';
import { checkNames } from '../core/matchers.ts';
import { type Context, typeName } from './check.ts';
import type { PromqlType } from './functions.ts';
import type { Binary } from './tree.ts';
import { COMPARISONS, SET_OPERATORS } from './words.ts';

/** An operator between two operands: their types, `bool`, and how vectors meet. */
export function checkBinary(tree: Binary, context: Context): PromqlType {
  const { report } = context;
  const { operator, operatorPlace, left, right, bool } = tree;
  const types = [context.typeOf(left), context.typeOf(right)];
  for (const [index, operand] of [left, right].entries()) {
    const type = types[index] ?? 'any';
    if (type === 'range' || type === 'string') {
      const help =
        type === 'range' ? 'make it an instant vector first: `rate(…[5m])`, `last_over_time(…[5m])`' : undefined;
      const message = `${shown(operator)} of ${typeName(type)}; it takes scalars and instant vectors`;
      report(error('type-mismatch', message, operand, help));
    }
  }
  if (bool !== undefined && !COMPARISONS.has(operator))
    report(error('bool-without-comparison', `\`bool\` after ${shown(operator)}, which compares nothing`, bool));
  const scalars = types.every((type) => type === 'scalar');
  if (scalars && COMPARISONS.has(operator) && bool === undefined) {
    const help = `write \`${operator} bool\``;
    report(error('comparison-of-scalars', 'two scalars are compared without `bool`', operatorPlace, help));
  }
  if (SET_OPERATORS.has(operator)) checkSet(tree, types, context);
  else checkMatching(tree, types, context);
  if (types.includes('vector')) return 'vector';
  return types.includes('any') ? 'any' : 'scalar';
}

function checkSet(
  { operator, matching, left, right }: Binary,
  types: readonly PromqlType[],
  { report }: Context,
): void {
  for (const [index, operand] of [left, right].entries())
    if (types[index] === 'scalar') {
      const message = `${shown(operator)} of a scalar; it takes two instant vectors`;
      report(error('type-mismatch', message, operand, 'make a vector of it: `vector(…)`'));
    }
  if (matching?.group === undefined) return;
  const message = `${shown(operator)} keeps or drops whole series; \`group_${matching.group.side}\` means nothing to it`;
  report(error('group-of-sets', message, matching.group.place));
}

function checkMatching({ matching, ...tree }: Binary, types: readonly PromqlType[], { report }: Context): void {
  if (matching === undefined) return;
  const word = matching.on ? 'on' : 'ignoring';
  if (types.includes('scalar') && matching.labels.length > 0) {
    const message = `\`${word}\` beside a scalar; only two instant vectors meet by labels`;
    report(error('matching-of-scalar', message, matching.place));
  }
  for (const label of matching.group?.labels ?? []) {
    if (!matching.on || !matching.labels.some(({ text }) => text === label.text)) continue;
    const message = `${shown(label.text)} stands in \`on\` and in \`group_${matching.group?.side ?? 'left'}\``;
    report(error('label-in-both', message, label, 'the labels of `on` are kept as they are'));
  }
  checkNames(matching.labels, tree.operator, report);
}
