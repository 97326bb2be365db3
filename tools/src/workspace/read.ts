import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Reads files of the repository by their path from its root, each once; `undefined` for what is no file. */
export function cachedReader(root: string): (path: string) => string | undefined {
  const seen = new Map<string, string | undefined>();
  return (path) => {
    if (!seen.has(path)) {
      const file = join(root, path);
      const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
      seen.set(path, isFile ? readFileSync(file, 'utf8') : undefined);
    }
    return seen.get(path);
  };
}
