import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { foldersOf } from './commands/render.ts';

/**
 * Argo CD brings a Kustomize of its own, and another one with the next version. What two of them make different of the
 * same folder is a change that nobody has written, of fields perhaps that cannot change.
 */

const root = join(import.meta.dirname, '../..');
const kustomize = findProgram('kustomize');
const kubectl = findProgram('kubectl');
const both = kustomize !== undefined && kubectl !== undefined;

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 27, stdio: ['ignore', 'pipe', 'ignore'] });
const versionIn = (text: string): string => /v\d+\.\d+\.\d+\s*$/m.exec(text)?.[0].trim() ?? '';

const versions = both
  ? [versionIn(run(kustomize, 'version')), versionIn(run(kubectl, 'version', '--client').replace(/^Client.*\n/m, ''))]
  : [];
const differ = new Set(versions).size === 2;
const skipped = both
  ? ` (skipped: both are Kustomize ${versions[0] ?? ''})`
  : ' (skipped: it takes a kustomize and a kubectl on PATH or in $PROGRAMS)';

describe.each(readdirSync(join(root, 'clusters')))('%s', (cluster) => {
  it.skipIf(!differ)(
    `is the same to Kustomize ${versions.join(' and ')}${differ ? '' : skipped}`,
    { timeout: 120_000 },
    () => {
      for (const folder of foldersOf(root, cluster))
        expect(run(kubectl!, 'kustomize', folder), folder).toBe(run(kustomize!, 'build', folder));
    },
  );
});
