import type { Unread } from '@lgtm-fleet/imports';
import { decode, type SourceFile } from '@lgtm-fleet/spec';
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { problem, type Problem } from './problem.ts';

export interface ImportFiles {
  readonly files: readonly SourceFile[];
  readonly unread: readonly Unread[];
}

/** What is read of one file: what a ConfigMap can hold. */
const MAX_BYTES = 2 ** 20;
const MAX_ALL = 32 * 2 ** 20;
const MAX_FILES = 2000;

/** A file, or all files of a folder but hidden ones, with why some of them cannot be read. */
export function readInputs(from: string): ImportFiles | Problem {
  const path = resolve(from);
  // What a person names may be a link; what is found below may not.
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return problem(`there is no file or folder ${from}`, 'name what holds the configuration with --from');
  if (stat.isFile()) return collect([[basename(path), realpathSync(path)]]);
  if (!stat.isDirectory()) return problem(`${from} is neither a file nor a folder`, 'copy what it leads to');
  const found = below(path, '');
  if (found.length > MAX_FILES)
    return problem(
      `there are ${String(found.length)} files in ${from}, and at most ${String(MAX_FILES)} are read`,
      'name the folder that holds the configuration alone',
    );
  if (found.length === 0) return problem(`there is no file in ${from}`, 'name the folder that holds the configuration');
  return collect(found);
}

type Named = readonly [name: string, path: string];

function below(folder: string, prefix: string): readonly Named[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry): readonly Named[] => {
      const name = `${prefix}${entry.name}`;
      const path = join(folder, entry.name);
      return entry.isDirectory() ? below(path, `${name}/`) : [[name, path]];
    });
}

function collect(found: readonly Named[]): ImportFiles {
  const files: SourceFile[] = [];
  const unread: Unread[] = [];
  let all = 0;
  for (const [name, path] of found) {
    const read = one(name, path, MAX_ALL - all);
    if ('why' in read) unread.push(read);
    else {
      files.push(read);
      all += read.text.length;
    }
  }
  return { files, unread };
}

/** Looks before it reads: a pipe, a device or a gigabyte is never opened. */
function one(name: string, path: string, room: number): SourceFile | Unread {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return { path: name, why: 'it is a symbolic link: copy what it leads to' };
  if (!stat.isFile()) return { path: name, why: 'it is not a regular file' };
  if (stat.size > MAX_BYTES)
    return { path: name, why: `it has ${String(stat.size)} bytes, and at most 1 MiB of a file is read` };
  if (stat.size > room) return { path: name, why: 'of all files together at most 32 MiB are read' };
  const text = decode(name, readFileSync(path), MAX_BYTES);
  if ('id' in text) return { path: name, why: text.message };
  return { path: name, text: text.text.replace(/^\ufeff/, '') };
}
