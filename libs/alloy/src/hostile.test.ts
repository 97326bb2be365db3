import { expect, test } from 'vitest';
import { endpoints } from './endpoints.ts';
import { formatAlloy } from './format.ts';
import { maximumLength, parseAlloy } from './parse.ts';
import { checkWiring } from './wiring/check.ts';

/** As often as it fits into the longest file that is read. */
function fill(text: string, spare = 0): string {
  return text.repeat(Math.floor((maximumLength - spare) / text.length));
}

function each(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}

const process = (name: string, to: string): string => `loki.process "${name}" { forward_to = [${to}] }`;

// Each would cost minutes, memory or the stack if something were quadratic or called itself once a level.
test.each([
  ['comments that do not end', fill('/*')],
  ['quotes', fill('"')],
  ['escapes', `a = "${fill('\\q', 10)}"`],
  ['brackets', fill('[')],
  ['closing braces', fill('}')],
  ['blocks in blocks', fill('a {\n')],
  ['a sum', `a = ${fill('1 + ', 10)}1`],
  ['accesses', `a = b${fill('.c', 10)}`],
  ['calls', `a = b${fill('()', 10)}`],
  ['signs', `a = ${fill('!', 10)}b`],
  ['powers', `a = ${fill('1^', 10)}1`],
  ['control characters', fill('\0')],
  ['halves of characters', fill('\ud800')],
  ['a name', `${fill('a.\n', 10)}b { }`],
  ['components without a label', fill('a { }\n')],
  ['components of one name', fill('loki.write "a" { }\n')],
  ['unknown components', each(7_500, (index) => `loki.writ${index} "a" { }`)],
  ['unknown arguments', `beyla.ebpf "a" {\n${each(12_500, (index) => `attr${index} = 1`)}\n}`],
  ['dangling references', each(3_750, (index) => process(`a${index}`, `loki.procss.b${index}.receiver`))],
  ['dangling labels', each(3_750, (index) => process(`a${index}`, `loki.process.b${index}.receiver`))],
  ['a circle', each(3_000, (index) => process(`a${index}`, `loki.process.a${(index + 1) % 3_000}.receiver`))],
  ['faults in modules', each(5_000, (index) => `declare "d${index}" { a "b" { } }`)],
])('%s end in a finding', (_, text) => {
  expect(text.length).toBeLessThanOrEqual(maximumLength);
  const { file, faults } = parseAlloy(text);
  const findings = checkWiring(file);
  endpoints(file);
  expect(faults.length + findings.length).toBeGreaterThan(0);
  expect(faults.length).toBeLessThanOrEqual(100);
  expect(findings.length).toBeLessThanOrEqual(200);
});

test.each([
  ['comments', fill('/* */   // a\n')],
  ['arguments', fill('a=1// b\n')],
  ['an array', `a = [${fill('1,', 10)}]`],
  ['an object in a line', `a = {${fill('b=1,', 10)}}`],
  ['objects under each other', fill('a={b=1, c=2}// d\n')],
])('%s that fill a file are formatted', (_, text) => {
  const formatted = formatAlloy(text);
  expect(formatted).not.toBe(text);
  expect(parseAlloy(formatted).faults.every(({ message }) => message.startsWith('the file has'))).toBe(true);
});
