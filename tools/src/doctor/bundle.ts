import { bundleFiles } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { strToU8, zipSync } from 'fflate';
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Examined } from './examine.ts';

/**
 * Writes a support bundle that only its owner may read, in the place of what stands there.
 * @throws the system's error where it cannot be written
 */
export function writeBundle(file: string, plan: Plan, examined: Examined, pages: string): void {
  const files = bundleFiles(plan, { ...examined, pages });
  const zipped = zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])), { level: 6 });
  // A file that exists would keep the rights that it has, so a new one takes its place.
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    writeFileSync(beside, zipped, { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}
