import { dataSourceUid, stackTenant, type Plan } from '@lgtm-fleet/plan';
import { runbooks, runbooksOf, runbookUrl } from '@lgtm-fleet/runbooks';
import { letter } from './panels/table.ts';
import type { Dashboard, Panel, RowPanel } from './sdk.ts';
import type { Page, Row, Signal, Tile } from './types.ts';
import { dataSourceVariable, sourceOf } from './variables.ts';

const SIGNALS: readonly Signal[] = ['metrics', 'logs', 'traces'];
const COLUMNS = 24;

/** A page as Grafana reads it, for this cluster. */
export function dashboardOf(plan: Plan, page: Page): Dashboard {
  const rows = page.rows(plan);
  const variables = page.variables(plan);
  const user = userOf(plan, page);
  const asked = new Set([
    ...rows.flatMap(({ tiles }) => tiles.flatMap(({ queries }) => queries.map(({ signal }) => signal))),
    ...(variables.some(({ type }) => type === 'query') ? ['metrics'] : []),
  ]);
  return {
    description: page.description,
    uid: page.uid,
    title: page.title,
    tags: ['lgtm-fleet', page.folder],
    editable: false,
    graphTooltip: 1,
    time: { from: 'now-3h', to: 'now' },
    timezone: 'browser',
    refresh: '1m',
    schemaVersion: 42,
    links: [
      {
        type: 'dashboards',
        title: 'Pages',
        tags: ['lgtm-fleet'],
        asDropdown: true,
        includeVars: true,
        keepTime: true,
      },
    ],
    templating: {
      list: [
        ...SIGNALS.filter((signal) => asked.has(signal)).map((signal) =>
          dataSourceVariable(signal, dataSourceUid(signal, user), user),
        ),
        ...variables,
      ],
    },
    annotations: { list: [] },
    panels: placed(plan, rows),
  };
}

/** By whose data sources a page opens: among those of the main organisation, who reads the most. */
export function userOf(plan: Plan, { audience }: Page): string {
  if (audience === 'stack') return stackTenant(plan);
  const names = plan.grafana?.organisations[0]?.credentials ?? [];
  const [most] = plan.credentials
    .filter(({ name }) => names.includes(name))
    .toSorted((left, right) => right.reads.length - left.reads.length);
  if (most === undefined) throw new Error(`cluster '${plan.cluster}': nobody reads anything`);
  return most.name;
}

/** From left to right and from top to bottom, each row below a line of its own. */
function placed(plan: Plan, rows: readonly Row[]): readonly (Panel | RowPanel)[] {
  const panels: (Panel | RowPanel)[] = [];
  let top = 0;
  for (const { title, tiles } of rows) {
    const gridPos = { x: 0, y: top, w: COLUMNS, h: 1 };
    panels.push({ type: 'row', id: panels.length + 1, title, collapsed: false, gridPos, panels: [] });
    top += 1;
    let left = 0;
    let height = 0;
    for (const tile of tiles) {
      if (left + tile.width > COLUMNS) {
        left = 0;
        top += height;
        height = 0;
      }
      panels.push(panelOf(plan, tile, panels.length + 1, { x: left, y: top, w: tile.width, h: tile.height }));
      left += tile.width;
      height = Math.max(height, tile.height);
    }
    top += height;
  }
  return panels;
}

function panelOf(plan: Plan, tile: Tile, id: number, gridPos: NonNullable<Panel['gridPos']>): Panel {
  const { title, description, queries, visual, transformations, runbook } = tile;
  const [first] = queries;
  const link =
    runbook === undefined || !runbooksOf(plan).includes(runbook)
      ? []
      : [{ title: `Runbook: ${runbooks[runbook].title}`, url: runbookUrl(plan, runbook), targetBlank: true }];
  const { type, ...rest } = visual;
  return {
    id,
    type,
    title,
    ...(description !== undefined && { description }),
    gridPos,
    ...(first !== undefined && { datasource: sourceOf(first.signal) }),
    targets: queries.map(({ target }, index) => ({ refId: letter(index), ...target })),
    ...(link.length > 0 && { links: link }),
    ...(transformations !== undefined && { transformations }),
    ...rest,
  } as Panel;
}
