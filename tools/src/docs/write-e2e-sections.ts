import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../e2e/report.ts';
import { withE2eSection } from './e2e-section.ts';

// Writes the figures of docs/e2e-report.json into README.md, between its markers: `node tools/src/docs/write-e2e-section.ts`.

const root = join(import.meta.dirname, '../../..');
const page = join(root, 'README.md');
const report = JSON.parse(readFileSync(join(root, 'docs/e2e-report.json'), 'utf8')) as Report;
writeFileSync(page, withE2eSection(readFileSync(page, 'utf8'), report));
