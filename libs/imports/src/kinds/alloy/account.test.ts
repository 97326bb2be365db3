import { parseAlloy, type Expression, type Statement } from '@lgtm-fleet/alloy';
import { describe, expect, test } from 'vitest';
import { importFrom } from '../../core/import.ts';
import { fixturesOf, outermost } from '../../testing/fixtures.ts';
import { alloy } from './kind.ts';

/** Leaves of a body, counted by themselves: each value that has nothing below it, and blocks that are empty. */
function countOf(body: readonly Statement[]): number {
  const leaves = body.reduce(
    (sum, statement) => sum + (statement.kind === 'block' ? countOf(statement.body) : valuesIn(statement.value)),
    0,
  );
  return Math.max(1, leaves);
}

function valuesIn(value: Expression): number {
  switch (value.kind) {
    case 'array':
      return Math.max(1, sum(value.elements));
    case 'object':
      return Math.max(1, sum(value.fields.map((field) => field.value)));
    case 'parenthesized':
      return valuesIn(value.inner);
    case 'call':
      if (!isNamed(value.callee, 'concat') && !isNamed(value.callee, 'array.concat')) return 1;
      // The items of its parts are its own; what stands for a list is one.
      return Math.max(
        1,
        value.parameters.reduce((all, part) => all + (part.kind === 'array' ? sum(part.elements) : valuesIn(part)), 0),
      );
    default:
      return 1;
  }
}

function isNamed(callee: Expression, name: string): boolean {
  if (callee.kind === 'identifier') return callee.name === name;
  return (
    callee.kind === 'access' &&
    callee.object.kind === 'identifier' &&
    `${callee.object.name}.${callee.name.name}` === name
  );
}

function sum(values: readonly Expression[]): number {
  return values.reduce((all, one) => all + valuesIn(one), 0);
}

const isOwn = ({ path }: { readonly path: string }): boolean => /\.(?:alloy|river)$/.test(path);

describe.each(fixturesOf('alloy').filter(({ files }) => files.some(isOwn)))('$name', ({ files }) => {
  const imported = importFrom(alloy, { cluster: 'moved', files });
  const own = files.filter(isOwn);

  test.each(own)('$path has each of its values in the report, once', ({ path, text }) => {
    const { file, faults } = parseAlloy(text);
    const entries = outermost(imported.entries.filter((entry) => entry.file === path));
    // What cannot be read is said with each of its faults.
    expect(entries.length).toBe(faults.length > 0 ? faults.length : countOf(file.body));
  });
});
