import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../e2e/report.ts';
import { withE2eSection } from './e2e-section.ts';
import { withFaultsSection } from './faults-section.ts';

// Writes what the committed reports say into their pages, between markers: `node tools/src/docs/write-e2e-sections.ts`.

const root = join(import.meta.dirname, '../../..');

const sections = [
  ['docs/e2e-report.json', 'README.md', withE2eSection],
  ['docs/faults-report.json', 'docs/5-debugging.md', withFaultsSection],
] as const;

for (const [reportFile, pageFile, write] of sections) {
  if (!existsSync(join(root, reportFile))) continue;
  const report = JSON.parse(readFileSync(join(root, reportFile), 'utf8')) as Report;
  const page = join(root, pageFile);
  writeFileSync(page, write(readFileSync(page, 'utf8'), report));
}
