import type { Finding } from '@lgtm-fleet/lint';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FindingContext } from './context.ts';
import { findingFormats } from './formats.ts';
import { context, findings as fixed } from './testing.ts';

const schema: object = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'emitted-sarif.schema.json'), 'utf8'),
);
// One level at a time: the check of a region looks at its fields from two sides.
const valid = new Ajv({ strict: true, strictRequired: false, strictTypes: false }).compile(schema);

const pieces = [
  ...['\n', '\r', '\r\n', '\u2028', '\u0085', '::error::x', '::stop-commands::t', '##[error]x', '%0A', '%', ',', ':'],
  ...['</testcase>', '<![CDATA[', ']]>', '&', '<', '>', '"', "'", '\u0000', '\u001b[31m', '\ufffe', '\ud800', '\u202e'],
  ...['`', '```', '|', '</details>', '<script>', '@team', '[a](https://evil.example)', '[x](1)', '{0}', '#1', '# x'],
  ...['../..', '/etc/passwd', 'javascript:x', 'file', ' '],
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
const span = fc.tuple(fc.nat(30), fc.nat(10)).map(([start, length]) => ({ start, end: start + length }));
const fix = fc.record({ safe: fc.boolean(), edits: fc.array(fc.record({ file: text, span, text }), { maxLength: 2 }) });
const base = fc.record({
  rule: fc.oneof(fc.constantFrom(...context.rules.map(({ id }) => id)), text),
  severity: fc.constantFrom('error', 'warning', 'info'),
  message: text,
  file: text,
  clusters: fc.array(text, { maxLength: 2 }),
});
const extras = fc.record({ help: text, label: text, span, object: text, fix }, { requiredKeys: [] });
const finding: fc.Arbitrary<Finding> = fc.tuple(base, extras).map(([own, extra]) => ({ ...own, ...extra }));
const list = fc.array(finding, { minLength: 1, maxLength: 5 });
// Every other file has a text, as hostile as the rest.
const hostile: FindingContext = { ...context, sourceOf: (file) => (file.length % 2 === 0 ? file : undefined) };

function holds(check: (findings: readonly Finding[]) => void): void {
  fc.assert(fc.property(list, check), { numRuns: 1000 });
}

test('every line of the annotations is one of our commands, whole', () => {
  const command =
    /^::(?:error|warning|notice) file=[^,:\r\n]*(?:,(?:line|endLine|col|endColumn)=\d+)*,title=[^,:\r\n]*::[^\r\n]*$/;
  holds((findings) => {
    const lines = findingFormats
      .github(findings, hostile)
      .trimEnd()
      .split(/[\r\n\u0085\u2028\u2029]/);
    expect(lines).toHaveLength(findings.length);
    for (const line of lines) {
      expect(line).toMatch(command);
      expect(line.replace(/%(?:25|0D|0A|3A|2C)/g, '')).not.toContain('%');
    }
  });
});

test('the XML has our elements alone, and no character that XML 1.0 forbids', () => {
  const tag =
    /<(?:\?xml version="1\.0" encoding="UTF-8"\?|\/?(?:testsuites|testsuite|testcase|failure|system-out)(?: [a-z]+="[^"<>&]*")*\/?)>/g;
  holds((findings) => {
    const xml = findingFormats.junit(findings, hostile);
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    const bare = xml.replace(/&(?:amp|lt|gt|quot|#39);/g, '');
    expect(bare.replace(tag, '')).not.toMatch(/[<>&]/);
    expect(bare.match(/<testcase classname="[^"]*" name="[^"]*">/g)).toHaveLength(findings.length);
    expect(bare.match(/<\/testcase>/g)).toHaveLength(findings.length);
  });
});

test('SARIF keeps its shape, paths stay paths, and texts are no links or placeholders', () => {
  holds((findings) => {
    const sarif: unknown = JSON.parse(findingFormats.sarif(findings, hostile));
    expect(valid(sarif), JSON.stringify(valid.errors)).toBe(true);
  });
});

test('the SARIF of the fixed list is valid, and the check can fail', () => {
  const sarif = findingFormats.sarif(fixed, context);
  expect(valid(JSON.parse(sarif)), JSON.stringify(valid.errors)).toBe(true);
  for (const [right, wrong] of [
    ['"level": "note"', '"level": "info"'],
    ['"startColumn"', '"startcolumn"'],
    ['"uri": "base/', '"uri": "file:///base/'],
  ] as const) {
    expect(sarif).toContain(right);
    expect(valid(JSON.parse(sarif.replace(right, wrong)))).toBe(false);
  }
});

test('JSON gives back what went in, and shows nothing that a terminal obeys', () => {
  holds((findings) => {
    const json = findingFormats.json(findings, hostile);
    expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    const document: { findings: { message: string }[] } = JSON.parse(json);
    expect(document.findings.map(({ message }) => message).toSorted()).toEqual(
      findings.map(({ message }) => message).toSorted(),
    );
  });
});

test('the terminal gets lines of ours alone', () => {
  const line =
    /^(?:(?:error|warning|info)\[.*\]: .*| *(?:-->|\||= (?:why|help|object|clusters|docs):).*|\d+ (?:\||error|warning|info).*|)$/u;
  holds((findings) => {
    const lines = findingFormats.pretty(findings, hostile).split('\n');
    for (const shown of lines) expect(shown).toMatch(line);
    expect(lines.filter((shown) => / *--> /.test(shown)).length).toBeGreaterThanOrEqual(findings.length);
    expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|\p{Cs}/u);
  });
});

test('the comment has our HTML alone, and no mention, link or image outside code', () => {
  holds((findings) => {
    const comment = findingFormats.markdown(findings, hostile);
    const prose = outsideCode(comment);
    expect(
      prose.replace(/<details>\n<summary><code>[^<>\n]*<\/code>: [^<>\n]*<\/summary>|<\/details>/g, ''),
    ).not.toMatch(/[<>]|\]\(|!\[|@(?!&#8203;)|:\/\/|[^&]#(?![#&\s]|\d+;)/);
    expect(comment.match(/^## /gm)).toHaveLength(1);
    expect(prose.match(/<details>/g)?.length).toBe(prose.match(/^<\/details>$/gm)?.length);
    expect(prose.match(/<details>/g)).toHaveLength(new Set(findings.map(({ file }) => file)).size);
  });
});

/** Without blocks and spans of code, as CommonMark reads them: a fence ends at a line of as many backquotes. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    .split('\n')
    .map((line) => line.replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, 'x'))
    .join('\n');
}
