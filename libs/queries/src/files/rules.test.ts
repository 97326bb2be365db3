import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkPromql } from '../promql/check.ts';
import { checkRunbooks, inFile, readRules } from './rules.ts';

const text = readFileSync(join(import.meta.dirname, 'fixtures/rules.yaml'), 'utf8');
const file = readRules(text);
const at = (span: { readonly start: number; readonly end: number }) => text.slice(span.start, span.end);

describe('a file of rules', () => {
  it('gives its rules with their groups, texts and places', () => {
    expect(file.rules.map(({ kind, group, name }) => [kind, group, name.text])).toEqual([
      ['record', 'loki', 'job:lines:rate5m'],
      ['record', 'loki', 'quoted'],
      ['record', 'loki', 'single'],
      ['alert', 'loki', 'Literal'],
      ['alert', 'loki', 'Folded'],
      ['alert', 'loki', 'Plain over lines'],
    ]);
    const literal = file.rules[3]!;
    expect(literal.expr.text).toBe('sum(up)\n  /\nfoo(up)\n');
    expect(literal.for?.text).toBe('10m');
    expect(literal.labels.get('severity')?.text).toBe('critical');
    expect(at(literal.annotations.get('summary')!.place)).toBe('It burns');
  });

  it('shows a fault of a query in the file, in every way to write a text', () => {
    const faulty = file.rules.slice(1);
    const shown = faulty.flatMap(({ expr }) =>
      inFile(checkPromql(expr.text), expr).map(({ id, span }) => [id, at(span)]),
    );
    expect(shown).toEqual(faulty.map(() => ['unknown-function', 'foo']));
  });

  it('says which rules are none, and reads the others', () => {
    expect(file.faults.map(({ id, span }) => [id, at(span)])).toEqual([
      ['invalid-rule', 'e'],
      ['invalid-rule', 'without'],
    ]);
  });

  it('wants a runbook for each alert', () => {
    expect(checkRunbooks(file.rules).map(({ id, span }) => [id, at(span)])).toEqual([
      ['missing-runbook', 'Folded'],
      ['invalid-runbook', 'the wiki'],
    ]);
  });

  it('is found in a PrometheusRule too, and missed where there is none', () => {
    expect(
      readRules('kind: PrometheusRule\nspec: {groups: [{name: a, rules: [{record: b, expr: 1}]}]}').rules,
    ).toMatchObject([{ name: { text: 'b' }, expr: { text: '1' } }]);
    expect(readRules('a: b').faults).toMatchObject([{ id: 'no-rule-groups' }]);
    expect(readRules('a: [').faults[0]?.id).toBe('unreadable-file');
  });

  it('finds every word of an expression again, however YAML writes it', () => {
    const word = fc.constantFrom(
      'sum',
      '(',
      ')',
      '"a"',
      "'b'",
      '\\',
      '#',
      ': ',
      '  ',
      '\n',
      '\n\n',
      '\t',
      'é',
      '{',
      '- ',
      '> ',
    );
    const query = fc
      .array(word, { maxLength: 12 })
      .map((words) => `${words.join('')}marked${words.toReversed().join('')}`);
    const style = fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');
    fc.assert(
      fc.property(query, style, fc.constantFrom(20, 80), (expr, defaultStringType, lineWidth) => {
        const written = stringify(
          { groups: [{ name: 'a', rules: [{ record: 'b', expr }] }] },
          { defaultStringType, lineWidth, defaultKeyType: 'PLAIN' },
        );
        const [rule] = readRules(written).rules;
        // A few texts of blank lines do not come back from what `stringify` makes of them.
        fc.pre(rule?.expr.text === expr);
        const start = expr.indexOf('marked');
        const { start: from, end: to } = rule.expr.inFile({ start, end: start + 6 });
        // A long text in quotes is broken in the middle of a word.
        expect(written.slice(from, to).replace(/\\\n */, '')).toBe('marked');
      }),
      { numRuns: 2000, seed: 5 },
    );
  });
});

it('a group alone, as a ruler is given it, is read as one of a file is', () => {
  const text = 'name: shop\nrules:\n  - { alert: Down, expr: up == 0 }\n';
  const { rules, faults } = readRules(text);
  expect(faults).toEqual([]);
  expect(rules.map(({ group, name, expr }) => [group, name.text, expr.text])).toEqual([['shop', 'Down', 'up == 0']]);
  expect(text.slice(rules[0]?.expr.place.start, rules[0]?.expr.place.end)).toBe('up == 0');
  expect(readRules('name: shop\n').faults.map(({ id }) => id)).toEqual(['no-rule-groups']);
});
