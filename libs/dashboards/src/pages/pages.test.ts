import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataSourceUid } from '@lgtm-fleet/plan';
import {
  checkCollected,
  checkLogql,
  checkPromql,
  checkRateWindows,
  checkTraceql,
  metricsUsed,
} from '@lgtm-fleet/queries';
import { describe, expect, it } from 'vitest';
import { dashboardsOf } from '../dashboards.ts';
import { folders } from '../folders.ts';
import { panelQueries } from '../panel-queries.ts';
import type { Panel } from '../sdk.ts';
import { collected, everyHub, makersOf } from '../testing.ts';
import { pages } from './index.ts';

const SOURCE = join(import.meta.dirname, '..');

it('every folder is a page, and is called like it', () => {
  const found = folders.flatMap(({ name }) =>
    readdirSync(join(import.meta.dirname, name)).map((page) => `${name}/lgtm-${page}`),
  );
  expect(pages.map(({ folder, uid }) => `${folder}/${uid}`).toSorted()).toEqual(found.toSorted());
});

it('one file alone knows the SDK, and takes nothing but types of it', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const naming = files.filter((path) => /from '@grafana\//.test(readFileSync(join(SOURCE, path), 'utf8')));
  expect(naming).toEqual(['sdk.ts']);
  expect(readFileSync(join(SOURCE, 'sdk.ts'), 'utf8').match(/^import (?!type )/gm)).toBe(null);
});

describe.each(everyHub().map((plan, index) => [`${plan.cluster} (${String(index)})`, plan] as const))(
  'on %s',
  (_, plan) => {
    const dashboards = dashboardsOf(plan).map(({ dashboard }) => dashboard);
    const queries = panelQueries(plan);

    it('no two pages have one uid or one title', () => {
      for (const key of ['uid', 'title'] as const) {
        const all = dashboards.map((dashboard) => dashboard[key]);
        expect(all).toEqual([...new Set(all)]);
      }
    });

    it('panels stand beside and below each other, each with an id of its own', () => {
      for (const { uid, panels } of dashboards) {
        expect(new Set(panels.map(({ id }) => id)).size, uid).toBe(panels.length);
        const taken = new Set<string>();
        for (const { title, gridPos } of panels) {
          const { x, y, w, h } = gridPos!;
          expect(x + w, `${uid}: ${String(title)}`).toBeLessThanOrEqual(24);
          for (let column = x; column < x + w; column += 1)
            for (let row = y; row < y + h; row += 1) {
              const cell = `${String(column)} ${String(row)}`;
              expect(taken.has(cell), `${uid}: ${String(title)} lies over another panel`).toBe(false);
              taken.add(cell);
            }
        }
      }
    });

    it('every number has a unit, every panel a title, every page a description', () => {
      for (const { uid, description, panels } of dashboards) {
        expect(description, uid).toMatch(/[.?!]$/);
        const own = panels.filter((panel): panel is Panel => panel.type !== 'row');
        expect(new Set(own.map(({ title, gridPos }) => `${String(title)} ${JSON.stringify(gridPos)}`)).size).toBe(
          own.length,
        );
        for (const { title, description: said, type, fieldConfig } of own) {
          expect(title, uid).toMatch(/^[A-Z0-9]/);
          if (said !== undefined) expect(said, `${uid}: ${String(title)}`).toMatch(/[.?!`]$/);
          if (['timeseries', 'stat', 'bargauge'].includes(type))
            expect(fieldConfig.defaults.unit, `${uid}: ${String(title)}`).toMatch(/\w/);
        }
      }
    });

    it('every threshold that is not the plan’s own number has its reason beside it, or is a plain share', () => {
      for (const { uid, panels } of dashboards)
        for (const panel of panels) {
          if (panel.type === 'row') continue;
          const steps = panel.fieldConfig.defaults.thresholds?.steps.slice(1) ?? [];
          const told = panel.description !== undefined || (panel.links ?? []).length > 0;
          if (steps.some(({ value }) => (value ?? 0) > 1)) expect(told, `${uid}: ${String(panel.title)}`).toBe(true);
        }
    });

    it('every query is one of its language, as it is written and as it is asked', () => {
      const check = { promql: checkPromql, logql: checkLogql, traceql: checkTraceql };
      for (const { page, panel, language, query } of queries) {
        expect(query, `${page}: ${panel}`).not.toMatch(/\$/);
        expect(check[language](query), `${page}: ${panel}\n${query}`).toEqual([]);
      }
    });

    it('every metric is one of a program that this cluster runs, with labels that it has', () => {
      const running = new Set<string>(plan.components.map(({ name }) => name));
      const promql = queries.filter(({ language }) => language === 'promql');
      const catalogue = collected(
        promql.flatMap(({ query }) => metricsUsed(query).flatMap(({ name }) => (name === undefined ? [] : [name]))),
      );
      for (const { page, panel, query } of promql) {
        for (const { name } of metricsUsed(query))
          expect(
            makersOf(name ?? '').some((maker) => running.has(maker)),
            `${page}: ${panel}: ${String(name)}`,
          ).toBe(true);
        expect(checkCollected(query, catalogue), `${page}: ${panel}\n${query}`).toEqual([]);
        expect(checkRateWindows(query, plan.collection.scrapeIntervalSeconds * 1000)).toEqual([]);
      }
    });

    it('asks data sources that Grafana has', () => {
      const users = plan.grafana!.organisations[0]!.credentials;
      for (const { uid, templating } of dashboards)
        for (const { type, name, current } of templating.list)
          if (type === 'datasource')
            expect(
              users.map((user) => dataSourceUid(name as 'metrics', user)),
              uid,
            ).toContain(current?.value);
    });

    it('leads to pages that are there', () => {
      const uids = dashboards.map(({ uid }) => uid);
      const text = JSON.stringify(dashboards);
      for (const [, uid] of text.matchAll(/\/d\/([\w-]+)/g)) expect(uids).toContain(uid);
    });

    it('fits into a ConfigMap for each folder, with half of it to spare', () => {
      for (const { name } of folders) {
        const own = dashboardsOf(plan).filter(({ page }) => page.folder === name);
        expect(own.length, name).toBeGreaterThan(0);
        expect(
          JSON.stringify(
            own.map(({ dashboard }) => dashboard),
            null,
            2,
          ).length,
          name,
        ).toBeLessThan(512 * 1024);
      }
    });
  },
);
