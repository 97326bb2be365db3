import { formatDiagnostic } from '@lgtm-fleet/diagnostics';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixedFixture, lintFixture } from '../testing/fixture.ts';
import type { Finding } from '../types.ts';
import { rules } from './index.ts';

const UPDATE = process.env['UPDATE'] !== undefined;
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('the index names every folder, and each rule bears the name of its folder', () => {
  expect(rules.map(({ meta }) => meta.id)).toEqual(folders.toSorted());
});

describe.each(rules)('$meta.id', (rule) => {
  const folder = join(import.meta.dirname, rule.meta.id);
  const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const names = (kind: string): readonly string[] => {
    const path = join(folder, 'fixtures', kind);
    if (!existsSync(path)) return [];
    return readdirSync(path).filter((name) => name.endsWith('.yaml') && !/\.(base|fixed)\.yaml$/.test(name));
  };
  const run = (path: string): ReturnType<typeof lintFixture> => {
    const base = path.replace(/\.yaml$/, '.base.yaml');
    return lintFixture(rule, text(path), existsSync(join(folder, base)) ? text(base) : undefined);
  };

  test('has one shape', () => {
    expect(names('valid').length).toBeGreaterThan(0);
    expect(names('invalid').length).toBeGreaterThan(0);
    expect(text('rule.ts').split('\n').length).toBeLessThan(100);
    const headings = [...text('README.md').matchAll(/^#+ .*$/gm)].map(([heading]) => heading);
    expect(headings).toEqual([`# ${rule.meta.id}`, '## Why', '## Incorrect', '## Correct', '## When not to use it']);
  });

  test.each(names('valid'))('valid/%s', (name) => {
    const { findings, sourceOf } = run(`fixtures/valid/${name}`);
    expect(print(findings, sourceOf)).toBe('');
  });

  test.each(names('invalid'))('invalid/%s', (name) => {
    const { findings, sourceOf } = run(`fixtures/invalid/${name}`);
    const printed = `${print(findings, sourceOf)}\n`;
    const expected = join(folder, 'fixtures/invalid', name.replace(/\.yaml$/, '.txt'));
    if (UPDATE) writeFileSync(expected, printed);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every(({ rule: id }) => id === rule.meta.id)).toBe(true);
    expect(printed).toBe(readFileSync(expected, 'utf8'));
  });

  test.each(names('invalid'))('invalid/%s: what a fix makes of it', (name) => {
    const fixed = fixedFixture(rule, text(`fixtures/invalid/${name}`));
    const expected = join(folder, 'fixtures/invalid', name.replace(/\.yaml$/, '.fixed.yaml'));
    if (UPDATE && fixed !== undefined) writeFileSync(expected, fixed);
    expect(fixed).toBe(existsSync(expected) ? readFileSync(expected, 'utf8') : undefined);
    // A second time there is nothing left to mend.
    if (fixed !== undefined) expect(fixedFixture(rule, fixed)).toBeUndefined();
  });

  test('the samples of its README are right', () => {
    const [, , incorrect = '', correct = ''] = text('README.md').split(/^## /m);
    // Of two samples the first is the revision before, for rules that compare.
    const samples = (section: string): readonly string[] =>
      [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, sample = '']) => sample);
    const run = (section: string): ReturnType<typeof lintFixture> => {
      const [first = '', second] = samples(section);
      expect(first, 'there is a sample').not.toBe('');
      return second === undefined ? lintFixture(rule, first) : lintFixture(rule, second, first);
    };
    expect(run(incorrect).findings.map(({ rule: id }) => id)).toContain(rule.meta.id);
    const right = run(correct);
    expect(print(right.findings, right.sourceOf)).toBe('');
  });
});

function print(findings: readonly Finding[], sourceOf: (file: string) => string | undefined): string {
  return findings
    .map(({ rule, severity, ...rest }) =>
      formatDiagnostic(
        { id: rule, severity: severity === 'info' ? 'warning' : severity, ...rest },
        sourceOf(rest.file),
      ),
    )
    .join('\n\n');
}
