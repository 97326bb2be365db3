import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogues } from './index.ts';

const UPDATE = process.env['UPDATE'] !== undefined;

/** A pure library reads no files, so the names of each list stand in a module too. */
function moduleOf(program: string, names: readonly string[]): string {
  const lines = [''];
  for (const name of inShort(names)) {
    const line = lines.at(-1) ?? '';
    if (line.length + name.length >= 118) lines.push(name);
    else lines[lines.length - 1] = line === '' ? name : `${line} ${name}`;
  }
  const constant = program.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const head = `// Made by \`UPDATE=1 vitest run libs/queries/src/catalogues\` from catalogues/${program}.txt.`;
  return `${head}\nexport const ${constant} = \`\n${lines.join('\n')}\n\`;\n`;
}

/** One word for each histogram. */
function inShort(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  const histograms = names
    .filter((name) => name.endsWith('_bucket'))
    .map((name) => name.slice(0, -'_bucket'.length))
    .filter((name) => all.has(`${name}_sum`) && all.has(`${name}_count`));
  const parts = new Set(histograms.flatMap((name) => [`${name}_bucket`, `${name}_sum`, `${name}_count`]));
  return [...names.filter((name) => !parts.has(name)), ...histograms.map((name) => `${name}*`)].toSorted();
}

describe.each(Object.entries(catalogues))('%s', (program, series) => {
  const list = readFileSync(join(import.meta.dirname, '../../catalogues', `${program}.txt`), 'utf8');
  const names = list
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ')[0] ?? '');

  it('has the names of its list', () => {
    const path = join(import.meta.dirname, `${program}.ts`);
    const made = moduleOf(program, names);
    if (UPDATE) writeFileSync(path, made);
    expect(readFileSync(path, 'utf8')).toBe(made);
    if (!UPDATE) expect([...series].toSorted()).toEqual([...new Set(names)].toSorted());
  });
});
