import type { Node } from 'yaml';
import { itemsOf, readFile, textOf, type TextInFile, valueOf } from './read.ts';

/**
 * The texts at some paths of a YAML or JSON file, which is read once; `undefined` for a path without one.
 *
 * @param paths keys and indexes from the root: `['datasources', 0, 'jsonData', 'timeInterval']`
 */
export function textsAt(
  text: string,
  paths: readonly (readonly (string | number)[])[],
): readonly (TextInFile | undefined)[] {
  const { root } = readFile(text);
  return paths.map((path) => {
    let at: Node | undefined = root;
    for (const step of path) at = typeof step === 'number' ? itemsOf(at)[step] : valueOf(at, step);
    return textOf(text, at);
  });
}
