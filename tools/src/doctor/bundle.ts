import { bundleFiles } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { strToU8, zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';
import type { Examined } from './examine.ts';

/** Writes a support bundle that only its owner may read. */
export function writeBundle(file: string, plan: Plan, examined: Examined, pages: string): void {
  const files = bundleFiles(plan, { ...examined, pages });
  const zipped = zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])), { level: 6 });
  writeFileSync(file, zipped, { mode: 0o600 });
}
