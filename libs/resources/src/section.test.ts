import { expect, it } from 'vitest';
import { joinSections } from './section.ts';

it('joins maps under the same key, keeps the order, and lets the later value win', () => {
  const joined = joinSections([
    { value: { a: { x: 1, list: [1] }, b: 1 }, comments: { 'a/x': 'One' } },
    { value: { c: 3, a: { list: [2], y: { z: 1 } }, b: { now: 'a map' } }, comments: { c: 'Three' } },
  ]);
  expect(JSON.stringify(joined.value)).toBe('{"a":{"x":1,"list":[2],"y":{"z":1}},"b":{"now":"a map"},"c":3}');
  expect(joined.comments).toEqual({ 'a/x': 'One', c: 'Three' });
});
