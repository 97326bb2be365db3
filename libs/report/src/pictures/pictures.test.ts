import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardsOf } from '@lgtm-fleet/dashboards';
import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { amount } from './amounts.ts';
import { picturesPage } from './page.ts';
import { picture } from './picture.ts';
import type { Recorded } from './recorded.ts';

const DOCS = join(import.meta.dirname, '../../../../docs/dashboards');
const UPDATE = process.env['UPDATE'] === '1';

/** Each page as the first of these clusters has it: those of which answers were recorded, and one that runs everything. */
const plans = [
  planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } }, 'one'),
  examplePlan('home-lab'),
  examplePlan('prod-eu'),
];
const shown = plans
  .flatMap(dashboardsOf)
  .filter(({ page }, index, all) => all.findIndex((one) => one.page === page) === index);

function recorded(): Recorded {
  return JSON.parse(readFileSync(join(DOCS, 'recorded.json'), 'utf8')) as Recorded;
}

/** As it is in the documents; with UPDATE=1 it is written there. */
function golden(name: string, text: string): void {
  if (UPDATE) {
    mkdirSync(DOCS, { recursive: true });
    writeFileSync(join(DOCS, name), text);
  }
  expect(existsSync(join(DOCS, name)), name).toBe(true);
  expect(readFileSync(join(DOCS, name), 'utf8')).toBe(text);
}

describe('the pictures in the documents', () => {
  it.each(shown.map(({ page, dashboard }) => [page.uid, dashboard] as const))(
    '%s is drawn as it is now',
    (uid, dashboard) => {
      golden(`${uid}.svg`, picture(dashboard, recorded()));
    },
  );

  it('are all on their page, and no other', () => {
    golden('README.md', picturesPage(shown.map(({ page }) => page)));
    const files = readdirSync(DOCS).filter((name) => name.endsWith('.svg'));
    expect(files.toSorted()).toEqual(shown.map(({ page }) => `${page.uid}.svg`).toSorted());
  });

  it('say of every panel its title, and draw nothing that was not recorded', () => {
    const { dashboard } = shown.find(({ page }) => page.uid === 'lgtm-loki')!;
    const empty = picture(dashboard, {});
    for (const { title } of dashboard.panels)
      expect(empty).toContain(String(title).slice(0, 12).replaceAll('&', '&amp;'));
    expect(empty).not.toContain('<polyline');
    expect(empty).toContain('not recorded');
    const points = [1, 2, null, 4];
    const one = picture(dashboard, {
      'lgtm-loki': { 'Write path/Streams in memory, by tenant': [{ name: 'main', points }] },
    });
    expect(one.match(/<polyline points="([^"]+)"/)?.[1]?.split(' ')).toHaveLength(3);
  });

  it('are SVG whatever a label says', () => {
    const { dashboard } = shown[0]!;
    const named = picture({ ...dashboard, title: '<script>&"' }, {});
    expect(named).toContain('&lt;script&gt;&amp;&quot;');
    expect(named).not.toContain('<script>');
  });
});

it.each([
  [0.123, 'percentunit', '12.3 %'],
  [0.0042, 's', '4.2 ms'],
  [5400, 's', '90 min'],
  [1536, 'bytes', '1.5 KiB'],
  [2_500_000, 'Bps', '2.5 MB/s'],
  [1234, 'short', '1.23 K'],
  [7, 'short', '7'],
  [12.5, 'reqps', '12.5/s'],
])('%d in %s is %s', (value, unit, text) => {
  expect(amount(value, unit)).toBe(text);
});
