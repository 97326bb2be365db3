import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from '../cleanup.ts';

/** A folder that the cleanup removes; programs that write into it are ended before, since they are started after. */
export function temporaryFolder(cleanup: Cleanup, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `lgtm-fleet-${name}-`));
  cleanup.add(() => {
    // A database that was just ended may still write its last file.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  return folder;
}
