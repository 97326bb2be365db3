import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringifyJson } from './json.ts';

it('is JSON that says the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // There is one zero in YAML, and so in what is generated.
      const plain = JSON.parse(JSON.stringify(value)) as never;
      expect(JSON.parse(stringifyJson(plain))).toEqual(plain);
    }),
  );
});

it('has no line that is too long, but for a text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      for (const line of stringifyJson(JSON.parse(JSON.stringify(value)) as never).split('\n'))
        if (line.length > 120) expect(line).toMatch(/^ *(?:"(?:[^"\\]|\\.)*": )?(?:"(?:[^"\\]|\\.)*"|[[{]),?$/);
    }),
  );
});

it('has a line for each key where one is not enough, in the order of the keys', () => {
  const long = 'x'.repeat(110);
  expect(stringifyJson({ b: [1, { c: true }], a: { d: long, e: undefined }, f: {} })).toBe(
    `{\n  "b": [1, { "c": true }],\n  "a": { "d": "${long}" },\n  "f": {}\n}\n`.replace(
      `{ "d": "${long}" }`,
      `{\n    "d": "${long}"\n  }`,
    ),
  );
});
