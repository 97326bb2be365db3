import { expect, test } from 'vitest';
import { approvalLine, parseApprovals, word } from './approvals.ts';
import { diff } from './diff.ts';
import { plain } from './phrase.ts';
import { fixturesOf, TODAY } from './testing/fixtures.ts';

const ids = ['retention-shortened', 'volume-shrunk'];
const LINE = 'lgtm-fleet: approve retention-shortened prod-eu/mimir because 30 days are enough';

test.each([
  ['alone', LINE],
  ['among others', `Shorter.\n\n${LINE}\n\nSee the plan.`],
  ['with carriage returns', `Shorter.\r\n${LINE}\r\n`],
  ['after a bullet', `- ${LINE}`],
  ['as code', `\`${LINE}\``],
  ['in a fence', `\`\`\`text\n${LINE}\n\`\`\``],
  ['with much space', LINE.replaceAll(' ', '   ')],
  ['shouted', LINE.replace('lgtm-fleet: approve', 'LGTM-Fleet: Approve')],
])('a line counts %s', (_how, body) => {
  const { approvals, malformed } = parseApprovals(body, ids);
  expect(malformed).toEqual([]);
  expect(approvals).toMatchObject([
    { id: 'retention-shortened', subject: 'prod-eu/mimir', reason: '30 days are enough' },
  ]);
});

test.each([
  ['commented out', `<!-- ${LINE} -->`],
  ['in a comment of several lines', `<!--\n${LINE}\n-->`],
  ['in a comment that never ends', `<!--\n${LINE}`],
  ['quoted', `> ${LINE}`],
  ['in the middle of a sentence', `please write ${LINE}`],
])('a line does not count %s', (_how, body) => {
  expect(parseApprovals(body, ids)).toEqual({ approvals: [], malformed: [] });
});

test.each([
  [LINE.replace('approve', 'allow'), 'the only word that may follow is `approve`'],
  ['lgtm-fleet: approve', 'it names no class'],
  [LINE.replace('retention-shortened', 'retention-shorter'), 'did you mean `retention-shortened`?'],
  [LINE.replace('retention-shortened', '*'), 'it has a wildcard'],
  [LINE.replace('prod-eu/mimir', 'prod-eu/*'), 'it has a wildcard'],
  ['lgtm-fleet: approve retention-shortened because I say so', 'it names no object'],
  [LINE.replace(/ because.*/, ''), 'it gives no reason'],
  [LINE.replace(/because.*/, 'because'), 'it gives no reason'],
  [LINE.replace(/because.*/, 'because !!'), 'it gives no reason'],
  [LINE.replace(/because.*/, 'because <reason>'), 'placeholder'],
])('%s approves nothing', (line, message) => {
  const { approvals, malformed } = parseApprovals(`\n${line}`, ids);
  expect(approvals).toEqual([]);
  expect(malformed).toMatchObject([{ line: 2 }]);
  expect(plain(malformed[0]!.message)).toContain(message);
});

test('a comment before a line changes its number no more than its meaning', () => {
  expect(parseApprovals(`<!--\na\nb\n-->\n${LINE}`, ids).approvals).toMatchObject([{ line: 5 }]);
});

test('an approval holds for one class and one object', () => {
  const { base, head } = fixturesOf('retention-shortened').find(({ name }) => name === 'metrics')!;
  const judged = (approvals: string) => diff(base, head, { today: TODAY, approvals });
  expect(judged('').unapproved).toBe(1);
  expect(judged(LINE)).toMatchObject({ unapproved: 0, unused: [] });
  const other = judged(LINE.replace('prod-eu/mimir', 'prod-eu/loki'));
  expect(other).toMatchObject({ unapproved: 1, unused: [{ subject: 'prod-eu/loki' }] });
  expect(judged(LINE.replace('retention-shortened', 'volume-shrunk'))).toMatchObject({ unapproved: 1 });
  expect(judged(LINE.replace('prod-eu', 'PROD-EU'))).toMatchObject({ unapproved: 1 });
});

test('the line that is offered is one that counts, once it has a reason', () => {
  expect(parseApprovals(`${approvalLine('volume-shrunk', 'a/b')}we know`, ids).approvals).toHaveLength(1);
  expect(parseApprovals(approvalLine('volume-shrunk', 'a/b'), ids).approvals).toEqual([]);
});

test('any name becomes one word, and no two the same', () => {
  const names = ['a b', 'a\nb', 'a%20;b', 'a%b', '*', 'a`b', 'ä', 'prod-eu/mimir'];
  expect(new Set(names.map(word)).size).toBe(names.length);
  for (const name of names) expect(word(name)).toMatch(/^[\w.:/@=%;-]+$/);
  expect(word('prod-eu/mimir')).toBe('prod-eu/mimir');
});

test('a body of megabytes is read in no time worth naming', () => {
  expect(parseApprovals('<!--'.repeat(1_000_000), ids).approvals).toEqual([]);
  expect(parseApprovals(`${' '.repeat(1_000_000)}x`, ids).approvals).toEqual([]);
  expect(parseApprovals(`lgtm-fleet: ${'` '.repeat(500_000)}x`, ids).malformed).toHaveLength(1);
  expect(parseApprovals('lgtm-fleet: approve x '.repeat(200_000), ids).malformed).toHaveLength(1);
});
