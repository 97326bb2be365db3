import * as fc from 'fast-check';

/** What breaks readers: ends of things, marks of YAML and of templates, numbers at their limits, odd characters. */
const PIECES = [
  ...'{}[]()<>"\'`#&*!|>%@:,;=~^$\\/-+.?\t\n\r\0 '.split(''),
  '\n  ',
  '\n- ',
  ': ',
  '<<: *a',
  '&a [*a]',
  '!!binary ',
  '---\n',
  '${{ x }}',
  '$(x)',
  '${x}',
  '../',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e999',
  '-0',
  '99999999999999999999',
  '\ufeff',
  '\u202e',
  '\ud800',
  '😀',
  '{'.repeat(200),
  '('.repeat(300),
];

/** A text with up to eight cuts, insertions, copies of its own parts, or nothing of it left. */
export function mutated(text: string): fc.Arbitrary<string> {
  const at = fc.nat(text.length);
  const change = fc.oneof(
    fc.record({ at, remove: fc.nat(30), insert: fc.constantFrom(...PIECES) }),
    fc.record({ at, remove: fc.nat(5), insert: fc.string({ unit: 'binary', maxLength: 12 }) }),
    fc
      .tuple(at, at, fc.nat(60))
      .map(([target, from, length]) => ({ at: target, remove: 0, insert: text.slice(from, from + length) })),
  );
  const changes = fc.array(change, { minLength: 1, maxLength: 8 }).map((all) =>
    all.reduce((result, { at: place, remove, insert }) => {
      const start = Math.min(place, result.length);
      return result.slice(0, start) + insert + result.slice(start + remove);
    }, text),
  );
  return fc.oneof({ weight: 9, arbitrary: changes }, fc.string({ unit: 'binary', maxLength: 300 }));
}
