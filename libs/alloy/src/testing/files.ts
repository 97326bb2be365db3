import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = join(import.meta.dirname, '..');
const checkout = join(sources, '../../..');

export interface TestFile {
  /** Below `src` for a fixture, below the checkout for a committed file. */
  readonly name: string;
  readonly text: string;
}

function filesOf(folder: string, pattern: string): readonly TestFile[] {
  return globSync(pattern, { cwd: folder })
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** Fixtures that are silent; each is a fixed point of the formatter. */
export const validFiles = filesOf(sources, 'fixtures/valid/*.alloy');

/** Fixtures with one fault, or several that belong together. */
export const invalidFiles = filesOf(sources, 'fixtures/invalid/*.alloy');

/** What this repository generates. */
export const committedFiles = filesOf(checkout, 'overlays/*/**/*.alloy');
