import type { Dashboard, Panel, RowPanel } from '@lgtm-fleet/dashboards';
import { marks } from './marks.ts';
import { recordedOf, type Recorded } from './recorded.ts';
import { cut, element, label, print, type Element } from './svg.ts';

/** A column and a row of Grafana's grid, and what is left between panels. */
const COLUMN = 50;
const ROW = 34;
const GAP = 6;
const HEAD = 84;
const WIDTH = 24 * COLUMN + 2 * GAP;

/**
 * A page as an SVG: panels where Grafana puts them, with their titles, kinds and units, and with what was recorded of
 * real programs. What was not recorded is not drawn.
 */
export function picture(dashboard: Dashboard, recorded: Recorded): string {
  const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => (gridPos?.y ?? 0) + (gridPos?.h ?? 0)));
  const height = HEAD + bottom * ROW + GAP;
  let row = '';
  const panels = dashboard.panels.flatMap((panel) => {
    if (panel.type === 'row') row = panel.title;
    return drawn(dashboard.uid, row, panel, recorded);
  });
  const whole = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: WIDTH,
      height,
      viewBox: `0 0 ${String(WIDTH)} ${String(height)}`,
      'font-family': 'Inter, Helvetica, Arial, sans-serif',
      'font-size': 11,
      fill: '#ccccdc',
    },
    [
      element('title', {}, `${dashboard.title}: drawn from the generated dashboard, not by Grafana`),
      element('rect', { width: WIDTH, height, fill: '#111217' }),
      ...head(dashboard),
      ...panels,
    ],
  );
  return `${print(whole)}\n`;
}

function head({ title, description, templating }: Dashboard): readonly Element[] {
  const variables = templating.list.map(({ label: name, current }) => `${name ?? ''}: ${String(current?.text ?? '')}`);
  return [
    label(12, 28, title, { 'font-size': 20, 'font-weight': 600 }),
    label(12, 48, cut(description, 170), { fill: '#8e8e8e' }),
    ...variables.flatMap((text, index) => [
      element('rect', {
        x: 12 + index * 190,
        y: 56,
        width: 182,
        height: 22,
        rx: 3,
        fill: '#181b1f',
        stroke: '#2c3235',
      }),
      label(20 + index * 190, 71, cut(text, 28)),
    ]),
  ];
}

function drawn(uid: string, row: string, panel: Panel | RowPanel, recorded: Recorded): readonly Element[] {
  const { x = 0, y = 0, w = 0, h = 0 } = panel.gridPos ?? {};
  const box = { x: x * COLUMN + GAP, y: HEAD + y * ROW, width: w * COLUMN - GAP, height: h * ROW - GAP };
  if (panel.type === 'row')
    return [label(box.x + 4, box.y + 20, `▾ ${panel.title}`, { 'font-size': 14, 'font-weight': 600 })];
  const unit = panel.fieldConfig.defaults.unit;
  const frame = { x: box.x, y: box.y + 26, width: box.width, height: box.height - 30 };
  const kind = unit === undefined ? panel.type : box.width < 300 ? unit : `${panel.type}, ${unit}`;
  const room = Math.floor((box.width - 28 - kind.length * 6) / 6.8);
  return [
    element('rect', { ...box, rx: 3, fill: '#181b1f', stroke: '#23262b' }),
    label(box.x + 10, box.y + 18, cut(panel.title ?? '', room), {
      'font-weight': 600,
      'font-size': 12,
    }),
    label(box.x + box.width - 8, box.y + 18, kind, { 'text-anchor': 'end', fill: '#5a5d66' }),
    ...marks(panel, recordedOf(recorded, uid, row, panel.title ?? ''), frame),
  ];
}
