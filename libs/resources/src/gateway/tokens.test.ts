import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isToken, tokenLine, tokensByUser } from './tokens.ts';

const token = fc.stringMatching(/^[\w.~+/-]{16,60}={0,2}$/);

it('reads back what it writes, whatever the token', () => {
  fc.assert(
    fc.property(token, fc.stringMatching(/^[a-zA-Z0-9][-_a-zA-Z0-9]{0,20}[a-zA-Z0-9]$/), (text, user) => {
      expect(isToken(text)).toBe(true);
      expect(tokensByUser(`${tokenLine(user, text)}\n`)).toEqual(new Map([[user, [text]]]));
    }),
  );
});

it('writes an expression that only the token itself matches', () => {
  fc.assert(
    fc.property(token, token, (text, other) => {
      const pattern = new RegExp(/"~(.*)"/.exec(tokenLine('main', text))?.[1] ?? '');
      expect(pattern.test(`Bearer ${text}`)).toBe(true);
      expect(pattern.test(`Bearer ${other}`)).toBe(other === text);
      expect(pattern.test(`Bearer ${text.toLowerCase()}`)).toBe(text.toLowerCase() === text);
    }),
  );
});

it.each([
  'short',
  'with a space in the middle',
  'ends-the-line-of-nginx";',
  'line\nbreak-line-break',
  '$variable-of-nginx1',
])('takes %j for no token', (text) => {
  expect(isToken(text)).toBe(false);
});
