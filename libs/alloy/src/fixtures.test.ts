import { formatDiagnostics } from '@lgtm-fleet/diagnostics';
import { describe, expect, test } from 'vitest';
import { checkWiring } from './wiring/check.ts';
import { formatAlloy } from './format.ts';
import { parseAlloy } from './parse.ts';
import { committedFiles, invalidFiles, validFiles, type TestFile } from './testing/files.ts';

/** All that is wrong with a file, as a person reads it. */
function report({ name, text }: TestFile): string {
  const { file, faults } = parseAlloy(text);
  const findings = faults.length > 0 ? faults.map((fault) => ({ id: 'alloy-syntax', ...fault })) : checkWiring(file);
  const diagnostics = findings.map((finding) => ({ ...finding, severity: 'error', file: name }) as const);
  return `${formatDiagnostics(diagnostics, () => text)}\n`;
}

test('there are fixtures of every kind, and committed files', () => {
  expect(validFiles.length).toBeGreaterThan(2);
  expect(invalidFiles.length).toBeGreaterThan(15);
  expect(committedFiles.length).toBeGreaterThan(3);
});

describe.each([...validFiles, ...committedFiles])('$name', ({ text }) => {
  test('has neither a fault nor a finding', () => {
    const { file, faults } = parseAlloy(text);
    expect(faults).toEqual([]);
    expect(checkWiring(file)).toEqual([]);
  });

  test('is a fixed point of the formatter', () => {
    expect(formatAlloy(text)).toBe(text);
  });
});

// Written anew with `vitest run libs/alloy -u`; the committed files are what a reviewer reads.
test.each(invalidFiles)('$name has the fault that its name says', async (file) => {
  const path = file.name.replace(/alloy$/, 'txt');
  expect(report(file)).toMatch(/error\[alloy-/);
  await expect(report(file)).toMatchFileSnapshot(path);
});

test('every finding has a fixture', () => {
  const found = new Set(invalidFiles.flatMap(({ text }) => checkWiring(parseAlloy(text).file).map(({ id }) => id)));
  expect([...found].toSorted()).toEqual([
    'alloy-dangling-reference',
    'alloy-duplicate-argument',
    'alloy-duplicate-component',
    'alloy-forward-to-nowhere',
    'alloy-missing-argument',
    'alloy-missing-label',
    'alloy-reference-cycle',
    'alloy-unfed-receiver',
    'alloy-unknown-argument',
    'alloy-unknown-component',
    'alloy-unknown-export',
    'alloy-wrong-kind',
  ]);
});
