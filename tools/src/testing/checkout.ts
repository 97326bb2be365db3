import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that looks like a checkout: the least that `--root` takes. Paths and texts of more files may be given. */
export function makeCheckout(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-'));
  // The one of mkdtemp is closed to other users, and some tests run as one.
  chmodSync(root, 0o755);
  const least = { 'package.json': '{ "repository": { "url": "https://git.example.com/fleet.git" } }\n' };
  for (const [path, text] of Object.entries({ ...least, ...files })) writeAt(root, path, text);
  for (const folder of ['base', 'clusters', 'overlays']) mkdirSync(join(root, folder), { recursive: true });
  return root;
}

export function writeAt(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Removes a checkout, also one that was made read-only. */
export function removeCheckout(root: string): void {
  const open = (path: string): void => {
    if (!lstatSync(path).isDirectory()) return;
    chmodSync(path, 0o755);
    for (const name of readdirSync(path)) open(join(path, name));
  };
  open(root);
  rmSync(root, { recursive: true });
}

/** What everything below a folder is: its kind, its mode and a hash of its bytes, by path. Opens regular files only. */
export function fingerprint(root: string): Readonly<Record<string, string>> {
  const seen: Record<string, string> = {};
  const walk = (path: string): void => {
    const stat = lstatSync(join(root, path));
    seen[path] = `${stat.mode.toString(8)} ${content(join(root, path))}`;
    if (stat.isDirectory()) for (const name of names(join(root, path))) walk(`${path}/${name}`);
  };
  walk('.');
  return seen;
}

/** Texts of all regular files below a folder of a checkout, by path. */
export function textsBelow(root: string, folder: string): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) texts[path.slice(root.length + 1)] = readFileSync(path, 'utf8');
  }
  return Object.fromEntries(Object.entries(texts).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function content(path: string): string {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  if (!stat.isFile()) return '';
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    // Its mode says so too.
    return 'cannot be read';
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
