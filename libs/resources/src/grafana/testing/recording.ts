import { dashboardsOf, panelQueries, type PanelQuery } from '@lgtm-fleet/dashboards';
import type { Plan } from '@lgtm-fleet/plan';
import { ask, type AnsweredSeries, type Range } from './answers.ts';
import type { Stack } from './stack.ts';

/** Answers for the pictures in the documents, in the form that these read: `libs/report/src/pictures/recorded.ts`. */

interface RecordedSeries {
  readonly name: string;
  readonly points: readonly (number | null)[];
}

type RecordedPage = Record<string, RecordedSeries[]>;

/** A picture has no room for more. */
const SERIES = 5;

export async function record(
  stack: Stack,
  plans: readonly Plan[],
  range: Range,
): Promise<Record<string, RecordedPage>> {
  // Tempo's generator writes each quarter of a minute, and a rate needs two of them.
  const window = '60s';
  const pages: Record<string, RecordedPage> = {};
  for (const plan of plans) {
    const first = panelQueries(plan, { __rate_interval: window, __auto: window, slow: '100ms' }).filter(
      ({ page }) => !Object.hasOwn(pages, page),
    );
    const own: Record<string, RecordedPage> = {};
    for (const [key, queries] of Map.groupBy(first, ({ page, row, panel }) =>
      JSON.stringify([page, `${row}/${panel}`]),
    )) {
      const [page, place] = JSON.parse(key) as [string, string];
      const answers = [];
      for (const query of queries) answers.push({ query, series: (await ask(stack, query, range)).series });
      const fields = columnsOf(plan, page, place);
      const series =
        fields.length > 0
          ? rows(
              fields,
              answers.map((one) => one.series),
            )
          : answers.flatMap(({ query, series: all }) => all.map((one) => named(query, one, range)));
      if (series.length > 0) own[page] = { ...own[page], [place]: series.slice(0, SERIES) };
    }
    Object.assign(pages, own);
  }
  return pages;
}

function named(
  { legend }: PanelQuery,
  { labels, points, line }: AnsweredSeries,
  { start, end, step }: Range,
): RecordedSeries {
  if (line !== undefined) return { name: line, points: [] };
  if (points.length === 0)
    return { name: ['', '', labels['service'], labels['name'], labels['duration']].join('\t'), points: [] };
  const plain = Object.values(labels).join(' ');
  const name = legend === '' ? plain : legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '');
  if (points.length === 1) return { name, points: [digits(points[0]?.[1])] };
  const count = Math.floor((end - start) / step) + 1;
  const at = new Map(points.map(([time, value]) => [Math.round((time - start) / step), value]));
  return { name, points: Array.from({ length: count }, (_, index) => digits(at.get(index))) };
}

function digits(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(3));
}

/** Fields of a table in their order, as its own transformation names them: a label, or `Value #A`. */
function columnsOf(plan: Plan, uid: string, place: string): readonly string[] {
  let row = '';
  for (const panel of dashboardsOf(plan).find(({ page }) => page.uid === uid)?.dashboard.panels ?? []) {
    if (panel.type === 'row') row = panel.title;
    else if (`${row}/${panel.title ?? ''}` === place) {
      const organized = panel.transformations?.find(({ id }) => id === 'organize')?.options as
        { readonly renameByName: Readonly<Record<string, string>> } | undefined;
      return Object.keys(organized?.renameByName ?? {});
    }
  }
  return [];
}

/** A line for each set of labels, with the value of each query. */
function rows(fields: readonly string[], answers: readonly (readonly AnsweredSeries[])[]): RecordedSeries[] {
  const labels = fields.filter((field) => !field.startsWith('Value'));
  const key = (series: AnsweredSeries): string => labels.map((label) => series.labels[label] ?? '').join('\t');
  const keys = [...new Set(answers.flatMap((all) => all.map(key)))];
  return keys.map((one) => {
    const cells = fields.map((field) => {
      if (!field.startsWith('Value')) return one.split('\t')[labels.indexOf(field)] ?? '';
      const index = field === 'Value' ? 0 : field.charCodeAt(field.length - 1) - 65;
      const value = answers[index]?.find((series) => key(series) === one)?.points[0]?.[1];
      return value === undefined ? '' : String(digits(value) ?? '');
    });
    return { name: cells.join('\t'), points: [] };
  });
}
