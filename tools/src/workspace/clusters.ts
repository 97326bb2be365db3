import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { checkFleet, decode, lossy, MAX_BYTES, parse, tooLarge, type ParsedCluster } from '@lgtm-fleet/spec';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LoadedFleet {
  /** Sorted by folder. */
  readonly clusters: readonly ParsedCluster[];
  readonly diagnostics: readonly Diagnostic[];
  /** Text by path, for code frames. */
  readonly sources: ReadonlyMap<string, string>;
  /** Folders of `clusters/`, readable or not. */
  readonly names: readonly string[];
}

/** Reads and checks every `clusters/<name>/cluster.yaml` below the root, each by itself and all together. */
export function loadFleet(root: string): LoadedFleet {
  const names = readdirSync(join(root, 'clusters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .toSorted();
  const sources = new Map<string, string>();
  const clusters: ParsedCluster[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const path = `clusters/${name}/cluster.yaml`;
    const bytes = readRegularFile(root, path);
    if ('id' in bytes) {
      diagnostics.push(bytes);
      continue;
    }
    const source = decode(path, bytes);
    if ('id' in source) {
      sources.set(path, lossy(bytes));
      diagnostics.push(source);
      continue;
    }
    sources.set(path, source.text);
    const parsed = parse(source);
    if (parsed.ok) clusters.push(parsed.value);
    else diagnostics.push(...parsed.diagnostics);
  }
  return { clusters, diagnostics: [...diagnostics, ...checkFleet(clusters, names)], sources, names };
}

/** Looks before it reads: a folder, a pipe, a device or a gigabyte is never opened. */
function readRegularFile(root: string, path: string): Uint8Array | Diagnostic {
  const fault = (id: string, message: string, help: string): Diagnostic => ({
    id,
    severity: 'error',
    message,
    file: path,
    help,
  });
  const parent = lstatSync(join(root, path, '..'));
  if (parent.isSymbolicLink())
    return fault('symbolic-link', 'the folder of the cluster is a symbolic link', 'make it a folder');
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined && existsSync(join(root, path.replace(/\.yaml$/, '.yml'))))
    return fault(
      'missing-file',
      'there is no cluster.yaml in this folder, only a cluster.yml',
      'rename it to cluster.yaml',
    );
  if (stat === undefined)
    return fault(
      'missing-file',
      'there is no cluster.yaml in this folder',
      'add one, or remove the folder; `nx run tools:new-cluster` writes one',
    );
  if (stat.isSymbolicLink()) return fault('symbolic-link', 'cluster.yaml is a symbolic link', 'make it a file');
  if (stat.isDirectory()) return fault('not-a-file', 'cluster.yaml is a folder', 'make it a file');
  if (!stat.isFile()) return fault('not-a-file', 'cluster.yaml is not a regular file', 'make it a file');
  if (stat.size > MAX_BYTES) return tooLarge(path, stat.size);
  return readFileSync(join(root, path));
}
