import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

/**
 * The lines of a block of a page, which is marked by a word after its language.
 *
 * @throws Error when there is no such block, so that no test does nothing
 */
export function linesOf(page: string, block: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const [, indent = '', body] = new RegExp(`^( *)\`\`\`sh ${block}\\n([^]*?)^ *\`\`\`$`, 'm').exec(text) ?? [];
  if (body === undefined) throw new Error(`${page} has no block '${block}'`);
  return body
    .split('\n')
    .map((line) => line.slice(indent.length))
    .filter((line) => line !== '');
}
