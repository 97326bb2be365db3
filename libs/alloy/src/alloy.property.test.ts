import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endpoints } from './endpoints.ts';
import { formatAlloy } from './format.ts';
import { parseAlloy } from './parse.ts';
import { alloySource } from './testing/arbitraries.ts';
import { committedFiles, validFiles } from './testing/files.ts';
import { commentsOf, shapeOf } from './testing/shape.ts';
import { checkWiring } from './wiring/check.ts';

test('formatting keeps what a file says and its comments, and changes nothing the second time', () => {
  fc.assert(
    fc.property(alloySource, (source) => {
      const { file, faults } = parseAlloy(source);
      expect(faults).toEqual([]);
      const formatted = formatAlloy(file);
      const again = parseAlloy(formatted);
      expect(again.faults).toEqual([]);
      expect(shapeOf(again.file)).toEqual(shapeOf(file));
      expect(commentsOf(again.file)).toEqual(commentsOf(file));
      expect(formatAlloy(again.file)).toBe(formatted);
    }),
    { numRuns: 2000 },
  );
});

/** Reads, checks and formats whatever it gets; every place that is named lies in the file. */
function survives(source: string): void {
  const { file, faults } = parseAlloy(source);
  const places = [...faults, ...checkWiring(file), ...endpoints(file)];
  for (const { span } of places) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(source.length);
  }
  expect(file.complete).toBe(faults.length === 0);
  const formatted = formatAlloy(file);
  expect(formatAlloy(formatted)).toBe(formatted);
}

const piece = fc.oneof(
  fc.constantFrom(
    ...Array.from('{}[]()=,."`\'\\+-!/*%^<>|&\n\r\t 1e'),
    '//',
    '/*',
    '*/',
    'a = 1\n',
    'a "b" {\n',
    'null',
    '\0',
    '\ufeff',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

test('no text is too strange', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      survives(pieces.join(''));
    }),
    { numRuns: 5000 },
  );
});

/** A few lines of sound files, that a run is short. */
const excerpts = [...validFiles, ...committedFiles].flatMap(({ text }) => text.split(/\n(?=[a-z])/));

test('no change of a sound file is too strange', () => {
  const change = fc.record({ at: fc.nat(1000), removed: fc.nat(6), piece });
  fc.assert(
    fc.property(fc.constantFrom(...excerpts), fc.array(change, { minLength: 1, maxLength: 4 }), (source, changes) => {
      let text = source;
      for (const { at, removed, piece: inserted } of changes) {
        const start = text.length === 0 ? 0 : at % text.length;
        text = text.slice(0, start) + inserted + text.slice(start + removed);
      }
      survives(text);
    }),
    { numRuns: 5000 },
  );
});
