import { expect, it } from 'vitest';
import { textsAt } from './text-at.ts';

it('finds texts by their paths, and says where they stand', () => {
  const file = 'list:\n  - name: "a \\"b\\" c"\n    many: [1, two]\n';
  const [name, two, none] = textsAt(file, [
    ['list', 0, 'name'],
    ['list', 0, 'many', 1],
    ['list', 1, 'name'],
  ]);
  expect(name?.text).toBe('a "b" c');
  const place = name?.inFile({ start: 2, end: 4 });
  expect(file.slice(place?.start, place?.end)).toBe('\\"b');
  expect(two?.text).toBe('two');
  expect(none).toBeUndefined();
  expect(textsAt('{', [['list']])).toEqual([undefined]);
});
