import { expect, test } from 'vitest';
import { findingFormats, isFindingFormat, type FindingFormat } from './formats.ts';
import { context, findings } from './testing.ts';

const FILES: Readonly<Record<FindingFormat, string>> = {
  pretty: 'pretty.txt',
  json: 'findings.json',
  sarif: 'findings.sarif',
  github: 'github.txt',
  junit: 'junit.xml',
  markdown: 'comment.md',
};

const formats = Object.keys(findingFormats).filter(isFindingFormat);

// Written anew with `vitest run libs/report --update`; the committed files are what a reviewer reads.
test.each(formats)('%s is as committed', async (format) => {
  await expect(findingFormats[format](findings, context)).toMatchFileSnapshot(`fixtures/findings/${FILES[format]}`);
});

test.each(formats)('%s of no findings is as committed', async (format) => {
  await expect(findingFormats[format]([], context)).toMatchFileSnapshot(`fixtures/no-findings/${FILES[format]}`);
});

test.each(formats)('%s does not depend on the order of the findings', (format) => {
  expect(findingFormats[format](findings.toReversed(), context)).toBe(findingFormats[format](findings, context));
});

test('a format is known by its own name only', () => {
  expect(isFindingFormat('sarif')).toBe(true);
  expect(isFindingFormat('toString')).toBe(false);
});
