import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Cleanup } from '../cleanup.ts';

/** This machine as a place outside the cluster: programs run on it at an address that pods reach. */
export interface Machine {
  readonly address: string;
  readonly cleanup: Cleanup;
  /** Path of a program, where it is there. */
  readonly find: (program: string) => string | undefined;
  /** What programs of unpacked packages need to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

/** @param unpacked folders that look like `/`; what is installed comes before them */
export function machineAt(address: string, cleanup: Cleanup, unpacked: readonly string[] = []): Machine {
  const { PATH = '', PROGRAMS } = process.env;
  const folders = [
    ...PATH.split(delimiter),
    // Where the tests find real programs.
    ...(PROGRAMS === undefined ? [] : [PROGRAMS]),
    ...['/', ...unpacked].flatMap(places),
  ];
  const libraries = unpacked.flatMap((root) => ['usr/lib', 'lib'].flatMap((folder) => librariesOf(join(root, folder))));
  return {
    address,
    cleanup,
    find: (program) => folders.map((folder) => join(folder, program)).find(isExecutable),
    env: libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(delimiter) },
  };
}

/** Where Debian puts programs; of PostgreSQL, the newest first. */
function places(root: string): readonly string[] {
  const postgresql = join(root, 'usr/lib/postgresql');
  const versions = namesIn(postgresql).toSorted((left, right) => Number(right) - Number(left));
  return [
    ...['usr/bin', 'usr/sbin'].map((folder) => join(root, folder)),
    ...versions.map((version) => join(postgresql, version, 'bin')),
  ];
}

function librariesOf(folder: string): readonly string[] {
  return namesIn(folder)
    .filter((name) => /-linux-gnu/.test(name))
    .map((name) => join(folder, name));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
