import type { Plan } from '@lgtm-fleet/plan';
import { pagesOf } from './dashboards.ts';
import type { Language, Page, Query, Signal } from './types.ts';

/** A query of a panel, as it is asked when a page is opened. */
export interface PanelQuery {
  /** Uid of the page. */
  readonly page: string;
  readonly row: string;
  readonly panel: string;
  readonly language: Language;
  /** Grafana's variables filled in. */
  readonly query: string;
  /** What a series is called: `{{pod}}`. */
  readonly legend: string;
  readonly kind: Query['kind'];
  /** Which data source is asked. */
  readonly dataSource: Signal;
}

/**
 * Every query of every page of a cluster, but for Tempo's map of services, which is no text.
 *
 * @param values of variables that are otherwise "All", or a part of the stack itself: `service`, `__rate_interval`
 */
export function panelQueries(plan: Plan, values: Readonly<Record<string, string>> = {}): readonly PanelQuery[] {
  return pagesOf(plan).flatMap((page) =>
    page.rows(plan).flatMap((row) =>
      row.tiles.flatMap((tile) =>
        tile.queries.flatMap(({ language, text, kind, signal, target }): readonly PanelQuery[] =>
          language === undefined
            ? []
            : [
                {
                  page: page.uid,
                  row: row.title,
                  panel: tile.title,
                  language,
                  query: filled(plan, page, text, values),
                  legend: 'legendFormat' in target ? (target.legendFormat ?? '') : '',
                  kind,
                  dataSource: signal,
                },
              ],
        ),
      ),
    ),
  );
}

/** As Grafana fills in a range of the last three hours, and "All" of every variable. */
export function filled(plan: Plan, page: Page, query: string, values: Readonly<Record<string, string>> = {}): string {
  const scrape = plan.collection.scrapeIntervalSeconds;
  const known: Readonly<Record<string, string>> = {
    __rate_interval: `${String(4 * scrape)}s`,
    __interval: `${String(scrape)}s`,
    __auto: `${String(Math.max(60, 4 * scrape))}s`,
    __range: '3h',
    __range_s: '10800',
  };
  // Of variables with one value at a time, which every cluster of the stack has.
  const first: Readonly<Record<string, string>> = {
    cluster: plan.collection.clusterLabel,
    namespace: 'observability',
    workload: 'grafana',
    service: 'shop',
  };
  const own = Object.fromEntries(
    page
      .variables(plan)
      .map(({ name, type, query: value, allValue }) => [
        name,
        type === 'query' ? (allValue ?? first[name] ?? '') : typeof value === 'string' ? value : '',
      ]),
  );
  return query.replaceAll(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    return values[name] ?? known[name] ?? own[name] ?? whole;
  });
}
