import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Reads files of the repository by their path from its root, each once; `undefined` for what is no file. */
export function cachedReader(root: string): (path: string) => string | undefined {
  return cached((path) => fileText(join(root, path)));
}

/** What stands in a file; `undefined` for what is no file. */
export function fileText(path: string): string | undefined {
  return isFile(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Says whether a path from the repository's root is one of a file. */
export function fileFinder(root: string): (path: string) => boolean {
  return cached((path) => isFile(join(root, path)));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function cached<T>(look: (path: string) => T): (path: string) => T {
  const seen = new Map<string, T>();
  return (path) => {
    const before = seen.get(path);
    if (before !== undefined || seen.has(path)) return before as T;
    const found = look(path);
    seen.set(path, found);
    return found;
  };
}
