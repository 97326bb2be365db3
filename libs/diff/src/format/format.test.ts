import { manifestOf, type Manifest } from '@lgtm-fleet/manifests';
import fc from 'fast-check';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diff, type Comparison } from '../diff.ts';
import { fixturesOf, oneCluster, TODAY } from '../testing/fixtures.ts';
import { hostileText } from '../testing/arbitraries.ts';
import { code } from './code.ts';
import { jsonReport } from './json.ts';
import { MARKER, markdownReport, MAX_COMMENT } from './markdown.ts';
import { prettyReport } from './pretty.ts';
import { inWords } from './words.ts';

const GOLDEN = join(import.meta.dirname, 'fixtures');

/** Every effect, something approved, something unused and something malformed: one report of each format. */
function everything(): Comparison {
  const picked = [
    ['retention-shortened', 'metrics', 'one'],
    ['stateful-scaled-down', 'ingesters-of-three-zones', 'two'],
    ['plaintext-secret-added', 'new', 'three'],
    ['image-downgraded', 'grafana', 'four'],
    ['network-policy-opened', 'another-peer', 'five'],
    ['tenant-limit-raised', 'doubled', 'six'],
    ['too-many-clusters-changed', 'labels-of-eleven', 'seven'],
  ] as const;
  const pairs = picked.map(([id, name, cluster]) => {
    const { base, head } = fixturesOf(id).find((fixture) => fixture.name === name)!;
    return { base: { ...base.clusters[0]!, name: cluster }, head: { ...head.clusters[0]!, name: cluster } };
  });
  const approvals = [
    'lgtm-fleet: approve plaintext-secret-added three/Secret/observability/object-storage because it is a placeholder | of a demo',
    'lgtm-fleet: approve volume-shrunk one/mimir/ingester:data because we know',
    'lgtm-fleet: approve retention-shortened one/* because we know',
  ].join('\n');
  const revision = (side: 'base' | 'head') => ({ clusters: pairs.map((pair) => pair[side]) });
  return diff(revision('base'), revision('head'), { today: TODAY, approvals });
}

describe('golden reports (UPDATE=1 writes them; read them before you commit)', () => {
  test.each([
    ['everything.txt', prettyReport],
    ['everything.json', jsonReport],
    ['everything.md', markdownReport],
  ])('%s', (file, report) => {
    const text = `${report(everything()).trimEnd()}\n`;
    const path = join(GOLDEN, file);
    if (process.env['UPDATE'] !== undefined) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  test('nothing', () => {
    const nothing = diff(oneCluster([]), oneCluster([]), { today: TODAY });
    expect(prettyReport(nothing)).toBe('Nothing changes on any cluster');
    expect(markdownReport(nothing)).toBe(`${MARKER}\n## ✅ Nothing changes on any cluster\n`);
  });
});

describe('the comment', () => {
  const object = (index: number, more = ''): Manifest =>
    manifestOf(
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: `claim-${String(index)}${more}` },
        spec: { index },
      },
      'overlays/prod-eu/x',
    )!;

  test.each([10, 100, 1000, 5000])(
    'of %i dangers fits, begins with its marker, and counts what it left out',
    (count) => {
      const all = Array.from({ length: count }, (_, index) => object(index, 'x'.repeat(150)));
      const comparison = diff(oneCluster(all), oneCluster([object(-1)]), { today: TODAY });
      const report = markdownReport(comparison);
      expect(report.length).toBeLessThanOrEqual(MAX_COMMENT);
      expect(report.startsWith(MARKER)).toBe(true);
      expect(report.split('<details>').length).toBe(report.split('</details>').length);
      expect(report.split('```').length % 2).toBe(1);
      const shown = report.split('<sub>').length - 1;
      const [, left = '0'] = /(\d+) more dangers/.exec(report) ?? [];
      expect(shown + Number(left)).toBe(comparison.dangers.length);
      if (count >= 1000) expect(Number(left)).toBeGreaterThan(0);
    },
  );

  test('has the most dangerous first', () => {
    const report = markdownReport(everything());
    const order = ['retention-shortened', 'stateful-scaled-down', 'Approved, or only to be known'];
    const places = order.map((text) => report.indexOf(text));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
  });
});

describe('text of unknown origin', () => {
  const anyText = fc.oneof(
    hostileText,
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[`\\<>[\]|@#*_~!()\n -]{0,30}$/),
  );

  test('is code in Markdown: one line, and nothing in it ends the span', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const span = code(text);
        const [, fence = '', content = ''] = /^(`+)([^]*?)\1$/.exec(span) ?? [];
        expect(span).not.toMatch(/[\r\n]/);
        expect(fence).not.toBe('');
        // A code span ends at the first run of backquotes that is as long as the one that began it.
        expect([...content.matchAll(/`+/g)].every(([run]) => run.length < fence.length)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('stands nowhere in the comment but in code', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (name, key, value) => {
        const manifest = (data: string): Manifest => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: `x${name}`,
          namespace: value,
          folder: 'overlays/prod-eu/x',
          body: { metadata: { name: `x${name}` }, data: { [key]: data } },
        });
        const secret: Manifest = { ...manifest(value), kind: 'Secret' };
        const head = {
          clusters: [
            { name: `c${name}`, labels: { environment: `e${value}` }, manifests: [manifest(`${value}.`), secret] },
          ],
        };
        const base = { clusters: [{ name: `c${name}`, labels: {}, manifests: [manifest(value)] }] };
        const approvals = `lgtm-fleet: approve plaintext-secret-added x/y because a${value}\nlgtm-fleet: approve ${name} ${key} because ${value}`;
        const report = markdownReport(diff(base, head, { today: TODAY, approvals }));
        const outside = withoutCode(report);
        // What is left are words of ours; none of them has what Markdown, HTML or GitHub would act on.
        expect(outside).not.toMatch(/[@\\|~]|!\[|\]\(|https?:|www\.|#\d/);
        expect(outside.replaceAll(/<\/?(details|summary|sub)>|<!-- lgtm-fleet: diff -->/g, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 1000 },
    );
  });

  /** A reader of code spans and fences, as CommonMark has them, that knows nothing of how they were written. */
  function withoutCode(markdown: string): string {
    const blocks = markdown.replaceAll(/^ *```text\n[^]*?^ *```$/gm, '');
    let rest = blocks;
    let outside = '';
    for (let open = /`+/.exec(rest); open !== null; open = /`+/.exec(rest)) {
      const [fence] = open;
      outside += rest.slice(0, open.index);
      rest = rest.slice(open.index + fence.length);
      const close = new RegExp(`(?<!\`)${fence}(?!\`)`).exec(rest);
      // A run that nothing closes is text, and stays for the test to find.
      outside += close === null ? `unclosed <${fence}>` : ' ';
      rest = close === null ? rest : rest.slice(close.index + fence.length);
    }
    return outside + rest;
  }
});

test.each([
  [0, '0 seconds'],
  [90, '90 seconds'],
  [3600, '1 hour'],
  [12 * 3600, '12 hours'],
  [86_400, '1 day'],
  [30 * 86_400, '30 days'],
  [395 * 86_400, '13 months'],
  [1461 * 86_400, '4 years'],
  [Number.POSITIVE_INFINITY, 'all time'],
])('%d seconds are %s', (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});
