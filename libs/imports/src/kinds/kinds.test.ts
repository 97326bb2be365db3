import { parse } from '@lgtm-fleet/spec';
import { plan } from '@lgtm-fleet/plan';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../core/documents.ts';
import { importFrom } from '../core/import.ts';
import { leavesOf } from '../core/node.ts';
import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import { summary } from '../report/summary.ts';
import { filesBelow, fixturesOf, isYaml, outermost, writeExpected } from '../testing/fixtures.ts';
import { kinds } from './index.ts';

const UPDATE = process.env['UPDATE'] !== undefined;
/** Every credential of a fixture begins so. */
const SECRET = 'do-not-copy';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('every folder is a kind, and bears its name', () => {
  expect(kinds.map(({ name }) => name)).toEqual(folders.toSorted());
});

describe.each(kinds)('$name', (kind) => {
  describe.each(fixturesOf(kind.name))('$name', ({ folder, files }) => {
    const imported = importFrom(kind, { cluster: 'moved', files });
    const report = markdownReport(imported);

    test('becomes what is expected', () => {
      const written = new Map([
        ['cluster.yaml', imported.draft.text],
        ['report.md', report],
        ...imported.files.map(({ path, text }) => [path, text] as const),
      ]);
      if (UPDATE) writeExpected(folder, written);
      expect(Object.fromEntries(written)).toEqual(Object.fromEntries(filesBelow(join(folder, 'expected'))));
    });

    test('is a cluster that can be planned', () => {
      const parsed = parse(imported.draft);
      expect(parsed.ok ? [] : parsed.diagnostics).toEqual([]);
      if (parsed.ok)
        expect(plan(parsed.value.cluster, { repository: 'https://git.example.com/fleet.git' }).cluster).toBe('moved');
    });

    test('has every leaf of every input in its report, once', () => {
      const counted = files.flatMap((file) => {
        const read = documentsOf(file);
        if (!isYaml(file.path) || !read.ok || read.documents.length === 0) return [];
        return read.documents.flatMap((root) => [...leavesOf(root)].map(() => file.path));
      });
      const own = new Map(Map.groupBy(imported.entries, ({ file }) => file));
      expect(new Set(own.keys())).toEqual(new Set(files.map(({ path }) => path)));
      for (const [file, leaves] of Map.groupBy(counted, (path) => path)) {
        const entries = own.get(file) ?? [];
        // A file that nobody reads is one entry, which says so.
        if (entries.length === 1 && entries[0]?.path === '') expect(entries[0].outcome).not.toBe('carried');
        else expect(outermost(entries).length).toBe(leaves.length);
      }
    });

    test('shows no credential anywhere', () => {
      const shown = [
        imported.draft.text,
        report,
        jsonReport(imported),
        summary(imported),
        ...imported.files.map(({ text }) => text),
      ];
      expect(shown.filter((text) => text.includes(SECRET))).toEqual([]);
    });
  });
});
