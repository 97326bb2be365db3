import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from './format.ts';
import {
  markdownBlock,
  markdownCell,
  markdownCode,
  markdownHtmlCode,
  markdownInline,
  markdownText,
} from './markdown.ts';

const pieces = [
  ...['`', '```', '|', '\\', '<', '</details>', '<!--', '[', '](', '![', '&', '&lt;', '&#124;', '*', '_', '~~', '$'],
  ...['https://evil.example', 'www.evil.example', '@team', 'a@b.co', '#1', 'GH-1', 'deadbeef123', ':smile:'],
  ...['\n', '\r', '\u2028', '\t', ' ', '- ', '+ ', '1. ', '# ', '===', ':--', '\ud800', '\u202e', 'word', '7'],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 12 })
  .map((parts) => parts.join(''));

/** Entities decoded and the breaks taken out: what a reader sees of text that is no Markdown. */
function seen(markdown: string): string {
  return markdown
    .replaceAll('&#8203;', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** Without the spans of code: from a run of backquotes to the next of the same length, as CommonMark reads them. */
function outsideCode(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, 'x');
}

function expectInert(markdown: string): void {
  expect(markdown).not.toMatch(/[\n\r\u2028\u2029]/);
  expect(markdown.replace(/&#\d+;/g, '')).not.toMatch(/[\\`*_[\]<>|~&$^]/);
  expect(markdown).not.toMatch(/[@#](?!&#8203;|\d+;)|:\/\/|www\.|GH-\d/i);
  expect(markdown).not.toMatch(/^\s*(?:[-+=:]|\d+[.)])/);
}

test('text is never Markdown, and reads as it was', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const markdown = markdownText(text);
      expectInert(markdown);
      expect(seen(markdown).replaceAll('\u200b', '')).toBe(visible(text).trim());
    }),
    { numRuns: 2000 },
  );
});

test('only what stands between backquotes is code', () => {
  expect(markdownInline('set `a|b` to `<c>`, @team')).toBe('set `a|b` to `<c>`, @&#8203;team');
  expect(markdownInline('an odd ` one')).toBe('an odd &#96; one');
  fc.assert(
    fc.property(hostile, (text) => {
      expectInert(outsideCode(markdownInline(text)));
    }),
    { numRuns: 2000 },
  );
});

test('a cell stays one cell', () => {
  expect(markdownCell('`a` or `b|c`')).toBe('`a` or b&#124;c');
  fc.assert(
    fc.property(hostile, (text) => {
      const cell = markdownCell(text);
      expect(cell).not.toContain('|');
      expectInert(outsideCode(cell));
    }),
    { numRuns: 2000 },
  );
});

test('code ends where its text ends', () => {
  expect(markdownCode('a`b``')).toBe('``` a`b`` ```');
  expect(markdownCode('')).toBe('');
  fc.assert(
    fc.property(hostile, (text) => {
      fc.pre(text !== '');
      const [, fence = '', pad, inner = ''] = /^(`+)( ?)(.*)\2\1$/u.exec(markdownCode(text)) ?? [];
      expect(pad === ' ' ? [inner, ` ${inner} `] : [inner]).toContain(visible(text));
      expect((inner.match(/`+/g) ?? []).map(({ length }) => length)).not.toContain(fence.length);
    }),
    { numRuns: 2000 },
  );
});

test('a block ends with its last line', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const [first = '', ...lines] = markdownBlock(text).split('\n');
      const last = lines.pop() ?? '';
      expect(first).toBe(`${last}text`);
      expect(lines).toEqual(text.split('\n').map(visible));
      expect(lines.filter((line) => line.includes(last))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('code in HTML has no tag and no line of its own', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const html = markdownHtmlCode(text);
      expect(html).toMatch(/^<code>[^<>\n\r"'`]*<\/code>$/);
      expect(seen(html.slice('<code>'.length, -'</code>'.length))).toBe(visible(text));
    }),
    { numRuns: 2000 },
  );
});
