import { describe, expect, test } from 'vitest';
import { documentsOf } from './documents.ts';
import { plainOf } from './look.ts';
import { formatPath, leavesOf } from './node.ts';

const read = (text: string) => documentsOf({ path: 'f.yml', text });
const leaves = (text: string): readonly string[] => {
  const found = read(text);
  if (!found.ok) return [found.fault.message];
  return found.documents.flatMap((root) =>
    [...leavesOf(root)].map(({ path, line }) => `${String(line)} ${formatPath(path)}`),
  );
};

describe('documents', () => {
  test('have a line and a path for every leaf', () => {
    expect(leaves('a:\n  - b: 1\n    c: [x, y]\nempty: {}\nnothing:\n"odd key": |\n  text\n')).toEqual([
      '2 a[0].b',
      '3 a[0].c[0]',
      '3 a[0].c[1]',
      '4 empty',
      '5 nothing',
      '6 ["odd key"]',
    ]);
  });

  test('are told apart', () => {
    expect(leaves('a: 1\n---\n---\nb: 2\n')).toEqual(['1 a', '4 ["document 2"].b']);
  });

  test('write aliases and merge keys out, at the line where the value stands', () => {
    const text = 'x: &x { a: 1, b: 2 }\ny: *x\nz:\n  <<: [*x]\n  b: 3\n';
    const found = read(text);
    expect(found.ok && found.documents.map(plainOf)).toEqual([
      { x: { a: 1, b: 2 }, y: { a: 1, b: 2 }, z: { a: 1, b: 3 } },
    ]);
    expect(leaves(text)).toEqual(['1 x.a', '1 x.b', '1 y.a', '1 y.b', '1 z.a', '5 z.b']);
  });

  test('keep CRLF, JSON and numbers as they are written', () => {
    expect(leaves('a: 1\r\nb: 2\r\n')).toEqual(['1 a', '2 b']);
    const found = read('{"version": 1.10}');
    const [root] = found.ok ? found.documents : [];
    expect(root?.kind === 'map' && root.entries.get('version')).toMatchObject({ value: 1.1, written: '1.10' });
  });

  const bomb = [
    'a: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: 9 },
      (_, at) =>
        `b${String(at)}: &a${String(at + 1)} [${Array(9)
          .fill(`*a${String(at)}`)
          .join(', ')}]`,
    ),
  ].join('\n');
  test.each([
    ['aliases of aliases', bomb, /more than the 200000 values/],
    ['an alias of itself', 'a: &a [*a]', /leads into itself|unidentified alias|not YAML/],
    ['an alias of nothing', 'a: *b', /alias/],
    ['brackets without end', '['.repeat(50_000), /nests too deep/],
    ['maps without end', '{a: '.repeat(20_000), /nests too deep/],
    ['a key that stands twice', 'a: 1\na: 2\n', /duplicated/],
    ['a key that is a list', '? [a, b]\n: c\n', /key/],
    ['a tag', 'a: !!python/object:os.system x', /tag/],
    ['a text of a megabyte and more', 'a'.repeat(1024 * 1024 + 1), /are not read/],
    ['a template', 'a: {{ .Values.b }}\n', /key|not YAML/],
    ['a tab', 'a:\n\tb: 1\n', /tab/i],
  ])('refuse %s, with its place', (_, text, message) => {
    const before = performance.now();
    const found = read(text);
    expect(found.ok ? '' : found.fault.message).toMatch(message);
    expect(found.ok ? undefined : found.fault.span).toBeDefined();
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
