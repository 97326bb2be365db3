import { positionAt } from '@lgtm-fleet/diagnostics';
import type { Finding } from '@lgtm-fleet/lint';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprints } from './fingerprint.ts';
import { findingFormats } from './formats.ts';
import { markdownFindings } from './markdown.ts';
import { locator } from './position.ts';
import { context, findings, sources } from './testing.ts';

const many = (amount: number, severity: Finding['severity'], text = 'x'): readonly Finding[] =>
  Array.from({ length: amount }, (_, index) => ({
    rule: `${severity}-rule-${index % 40}`,
    severity,
    message: `${severity} ${index} ${text}`,
    help: text,
    file: `overlays/prod/${index % 97}.yaml`,
    object: text,
    clusters: [text],
  }));

test('GitHub gets ten of a level, the worst first, and a last notice counts the rest', () => {
  const lines = findingFormats
    .github([...many(30, 'info'), ...many(12, 'error'), ...many(10, 'warning')], context)
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual([
    ...Array<string>(10).fill('error'),
    ...Array<string>(10).fill('warning'),
    ...Array<string>(10).fill('notice'),
  ]);
  expect(lines.at(-1)).toBe(
    '::notice title=lint::2 errors, 21 info in 1 cluster not shown: GitHub shows ten annotations of a level. All of them: nx run tools:lint',
  );
});

test('GitHub: an annotation of a megabyte is cut', () => {
  expect(findingFormats.github(many(1, 'error', 'x'.repeat(1_000_000)), context).length).toBeLessThan(8000);
});

test.each([
  ['plain', 'x'],
  ['long', 'y'.repeat(100_000)],
  ['all escapes', '<|@'.repeat(1000)],
  ['all backquotes', '`'.repeat(1000)],
])('a comment of thousands of findings fits, and counts what it cuts: %s', (_, text) => {
  const all = [...many(3000, 'warning', text), ...many(400, 'error', text)];
  for (const limit of [2000, 20_000, 65_536]) {
    const comment = markdownFindings(all, context, limit);
    expect(comment.length).toBeLessThanOrEqual(limit);
    const errors = comment.match(/^\*\*error\*\*/gm)?.length ?? 0;
    const warnings = comment.match(/^\*\*warning\*\*/gm)?.length ?? 0;
    if (warnings > 0) expect(errors).toBe(400);
    const cut = [errors < 400 ? `${400 - errors} errors, ` : '', `${3000 - warnings} warnings`].join('');
    expect(comment).toContain(`\nNot shown: ${cut} in 1 cluster. All of them:`);
    expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
  }
});

test('a comment that fits cuts nothing', () => {
  const comment = findingFormats.markdown(findings, context);
  expect(comment).not.toContain('Not shown');
  expect(comment.match(/^\*\*(?:error|warning|info)\*\*/gm)).toHaveLength(findings.length);
});

test('a rule whose page has an address is a link in the comment and in SARIF', () => {
  const absolute = { ...context, docsUrl: (id: string) => `https://docs.example.com/(rules)/${id}` };
  expect(findingFormats.markdown(findings, absolute)).toContain(
    '| [`shortened-retention`](https://docs.example.com/%28rules%29/shortened-retention) |',
  );
  expect(findingFormats.sarif(findings, absolute)).toContain(
    '"helpUri": "https://docs.example.com/(rules)/shortened-retention"',
  );
});

test('fingerprints stay when lines move, and tell twins apart', () => {
  const marks = fingerprints(findings, context.sourceOf);
  const moved = (file: string): string | undefined =>
    sources.has(file) ? `# new\n\n${sources.get(file) ?? ''}` : undefined;
  const shifted = findings.map((finding) =>
    finding.span === undefined || !sources.has(finding.file)
      ? finding
      : { ...finding, span: { start: finding.span.start + 7, end: finding.span.end + 7 } },
  );
  expect(fingerprints(shifted, moved)).toEqual(marks);
  expect(new Set(marks).size).toBe(findings.length);
  const twins = fingerprints([findings[0]!, findings[0]!], context.sourceOf);
  expect(twins[0]).toMatch(/:1$/);
  expect(twins[1]).toBe(twins[0]!.replace(/1$/, '2'));
});

test('positions are those of the frame', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u{1f600}') }),
      fc.nat(30),
      fc.nat(5),
      (source, start, length) => {
        const region = locator(() => source)('f', { start, end: start + length });
        expect(region?.start).toMatchObject(positionAt(source, start));
        expect(region?.end).toMatchObject(positionAt(source, start + length));
      },
    ),
  );
  expect(locator(() => undefined)('f', { start: 0, end: 1 })).toBeUndefined();
});
