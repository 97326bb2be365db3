/** What the engine needs to know to turn a place into a line. All paths are from the repository's root. */
export interface Sources {
  /** Text of a file, `undefined` where there is none. */
  readonly read: (file: string) => string | undefined;
  /** The files that the build of a folder reads, in no order. */
  readonly filesOf: (folder: string) => readonly string[];
  /** What the cluster file makes of a generated file now; `undefined` for files that are written by hand. */
  readonly generated: (file: string) => string | undefined;
}

/**
 * What is applied last comes first: patches written by hand, the overlay's own patches and objects, variants of
 * the base, the base. Within each, the deeper folder and then the name decide, so that the order is always the same.
 */
export function byCloseness(folder: string, files: readonly string[]): readonly string[] {
  const rank = (file: string): number => {
    if (/^clusters\/[^/]+\/patches\//.test(file)) return 0;
    if (file.startsWith(`${folder}/patches/`)) return 1;
    if (file.startsWith(`${folder}/`)) return 2;
    return file.includes('/variants/') ? 3 : 4;
  };
  const key = (file: string): string => `${String(rank(file))} ${String(9 - file.split('/').length)} ${file}`;
  return files.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
}
