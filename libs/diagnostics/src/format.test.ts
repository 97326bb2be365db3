import { expect, test } from 'vitest';
import { formatDiagnostic, formatDiagnostics, positionAt } from './format.ts';
import { editDistance, nearest } from './nearest.ts';

const source = 'spec:\n  lod: 3M\n';

test('the frame points at the smallest span', () => {
  const text = formatDiagnostic(
    {
      id: 'unknown-key',
      severity: 'error',
      message: 'unknown key `lod`',
      file: 'cluster.yaml',
      span: { start: 8, end: 11 },
      label: 'expected `load`',
      help: 'did you mean `load`?',
    },
    source,
  );
  expect(text).toBe(
    [
      'error[unknown-key]: unknown key `lod`',
      ' --> cluster.yaml:2:3',
      '  |',
      '2 |   lod: 3M',
      '  |   ^^^ expected `load`',
      '  = help: did you mean `load`?',
    ].join('\n'),
  );
});

test('control characters and bidirectional overrides never reach the terminal', () => {
  const hostile = 'a: \u001b[31mred\u202e\n';
  const diagnostic = { id: 'x', severity: 'error', message: hostile, file: 'f', span: { start: 3, end: 5 } } as const;
  expect(formatDiagnostic(diagnostic, hostile)).not.toMatch(/[\u001b\u202e]/);
});

test('a line of a megabyte is cut around its fault', () => {
  const long = `${'x'.repeat(1_000_000)}!`;
  const text = formatDiagnostic(
    { id: 'x', severity: 'error', message: 'm', file: 'f', span: { start: 1_000_000, end: 1_000_001 } },
    long,
  );
  expect(text.length).toBeLessThan(600);
  expect(text).toContain(':1:1000001');
});

test('the last line counts', () => {
  const one = { id: 'x', severity: 'error', message: 'm', file: 'f' } as const;
  expect(formatDiagnostics([one, one], () => undefined)).toMatch(/2 errors$/);
});

test('positions count from one', () => {
  expect(positionAt(source, 8)).toEqual({ line: 2, column: 3 });
  expect(positionAt(source, 0)).toEqual({ line: 1, column: 1 });
});

test('the nearest word is near', () => {
  expect(nearest('retnetion', ['retention', 'role'])).toBe('retention');
  expect(nearest('bananas', ['retention', 'role'])).toBeUndefined();
  expect(editDistance('ab', 'ba')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
});

test('info is counted apart, and notes stand below the help', () => {
  const info = { id: 'x', severity: 'info', message: 'm', file: 'f' } as const;
  expect(formatDiagnostics([info, { ...info, severity: 'warning' }, info], () => undefined)).toMatch(
    /\n1 warning, 2 info$/,
  );
  const notes = [
    { name: 'why', text: 'w\u001b' },
    { name: 'docs', text: 'd' },
  ];
  expect(formatDiagnostic({ ...info, help: 'h', notes })).toBe(
    'info[x]: m\n --> f\n  = help: h\n  = why: w\u00b7\n  = docs: d',
  );
});
