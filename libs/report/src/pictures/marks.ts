import type { Panel } from '@lgtm-fleet/dashboards';
import { amount } from './amounts.ts';
import type { RecordedSeries } from './recorded.ts';
import { cut, element, label, type Element } from './svg.ts';

/** The inside of a panel, below its title. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COLORS = ['#7eb26d', '#eab839', '#6ed0e0', '#ef843c', '#e24d42', '#1f78c1'];
const GREY = '#8e8e8e';
const NAMED: Readonly<Record<string, string>> = {
  green: '#56a64b',
  yellow: '#f2cc0c',
  orange: '#ff780a',
  red: '#e02f44',
};

function color(index: number): string {
  return COLORS[index % COLORS.length] ?? GREY;
}

/** What a panel shows: what was recorded, and without it the frame in which Grafana would draw. */
export function marks(panel: Panel, series: readonly RecordedSeries[], frame: Frame): readonly Element[] {
  const unit = panel.fieldConfig.defaults.unit ?? 'short';
  switch (panel.type) {
    case 'timeseries':
      return lines(panel, series, frame, unit);
    case 'stat':
      return numbers(panel, series, frame, unit);
    case 'bargauge':
      return bars(panel, series, frame, unit);
    case 'text':
      return words(panel.options.content, frame);
    case 'table':
      return rows(panel, series, frame);
    case 'logs':
    case 'nodeGraph':
      return series.length === 0 ? nothing(frame) : words(series.map(({ name }) => name).join('\n'), frame);
  }
}

function nothing({ x, y, width, height }: Frame): readonly Element[] {
  return [
    label(x + width / 2, y + height / 2, 'not recorded', {
      'text-anchor': 'middle',
      fill: GREY,
      'font-style': 'italic',
    }),
  ];
}

function lines(panel: Panel, series: readonly RecordedSeries[], frame: Frame, unit: string): readonly Element[] {
  const { x, y, width, height } = frame;
  const plot = { x: x + 52, y: y + 4, width: width - 60, height: height - 36 };
  const limits = (panel.fieldConfig.defaults.thresholds?.steps ?? []).slice(1);
  const all = series.flatMap(({ points }) => points.filter((point) => point !== null));
  const top = panel.fieldConfig.defaults.max ?? nice(Math.max(0, ...all));
  const at = (value: number): number => round(plot.y + plot.height * (1 - Math.min(1, value / (top || 1))));
  const grid = [0, 0.5, 1].flatMap((share) => [
    element('line', {
      x1: plot.x,
      x2: plot.x + plot.width,
      y1: at(top * share),
      y2: at(top * share),
      stroke: '#2c3235',
    }),
    ...(series.length === 0
      ? []
      : [label(plot.x - 6, at(top * share) + 4, amount(top * share, unit), { 'text-anchor': 'end', fill: GREY })]),
  ]);
  const drawn = series.map(({ points }, index) =>
    element('polyline', { points: path(points, plot, at), fill: 'none', stroke: color(index), 'stroke-width': 1.5 }),
  );
  const thresholds = limits
    .filter(({ value }) => (value ?? 0) > 0 && (value ?? 0) <= top && series.length > 0)
    .map(({ value, color: name }) =>
      element('line', {
        x1: plot.x,
        x2: plot.x + plot.width,
        y1: at(value ?? 0),
        y2: at(value ?? 0),
        stroke: NAMED[name] ?? GREY,
        'stroke-dasharray': '6 4',
      }),
    );
  return [...grid, ...thresholds, ...drawn, ...(series.length === 0 ? nothing(plot) : legend(series, frame))];
}

function path(points: RecordedSeries['points'], plot: Frame, at: (value: number) => number): string {
  const step = plot.width / Math.max(1, points.length - 1);
  return points
    .flatMap((point, index) => (point === null ? [] : [`${String(round(plot.x + index * step))},${String(at(point))}`]))
    .join(' ');
}

function legend(series: readonly RecordedSeries[], { x, y, width, height }: Frame): readonly Element[] {
  const room = Math.floor(width / Math.max(1, series.length));
  return series.flatMap(({ name }, index) => [
    element('rect', { x: x + 8 + index * room, y: y + height - 17, width: 10, height: 3, fill: color(index) }),
    label(x + 22 + index * room, y + height - 12, cut(name, Math.floor((room - 26) / 6))),
  ]);
}

function last({ points }: RecordedSeries): number | undefined {
  return points.findLast((point) => point !== null) ?? undefined;
}

/** The color of a value: that of the last threshold below it. */
function colored(panel: Panel, value: number): string {
  const steps = panel.fieldConfig.defaults.thresholds?.steps ?? [];
  const step = steps.findLast(({ value: from }) => from === null || value >= from);
  return NAMED[step?.color ?? ''] ?? '#d8d9da';
}

function numbers(panel: Panel, series: readonly RecordedSeries[], frame: Frame, unit: string): readonly Element[] {
  if (series.length === 0) return nothing(frame);
  const room = frame.width / series.length;
  return series.flatMap((one, index) => {
    const value = last(one);
    if (value === undefined) return [];
    const middle = round(frame.x + room * (index + 0.5));
    const mapped = panel.fieldConfig.defaults.mappings?.[0]?.options[String(value)]?.text;
    return [
      label(middle, round(frame.y + frame.height / 2 + 6), mapped ?? amount(value, unit), {
        'text-anchor': 'middle',
        'font-size': 22,
        fill: colored(panel, value),
      }),
      label(middle, frame.y + frame.height - 6, cut(one.name, Math.floor(room / 6)), { 'text-anchor': 'middle' }),
    ];
  });
}

function bars(panel: Panel, series: readonly RecordedSeries[], frame: Frame, unit: string): readonly Element[] {
  if (series.length === 0) return nothing(frame);
  const shown = series.slice(0, Math.floor(frame.height / 26));
  const top = panel.fieldConfig.defaults.max ?? Math.max(...shown.map((one) => last(one) ?? 0), 1e-9);
  const names = Math.round(frame.width / 3);
  return shown.flatMap((one, index) => {
    const value = last(one) ?? 0;
    const y = frame.y + 4 + index * 26;
    const room = frame.width - names - 70;
    return [
      label(frame.x + names - 6, y + 14, cut(one.name, Math.floor(names / 6)), { 'text-anchor': 'end' }),
      element('rect', { x: frame.x + names, y, width: room, height: 18, fill: '#22252b' }),
      element('rect', {
        x: frame.x + names,
        y,
        width: round(room * Math.min(1, value / top)),
        height: 18,
        fill: colored(panel, value),
      }),
      label(frame.x + frame.width - 6, y + 14, amount(value, unit), { 'text-anchor': 'end' }),
    ];
  });
}

/** Markdown as it is written: a picture shows that there are words, and which. */
function words(content: string, frame: Frame): readonly Element[] {
  const room = Math.floor((frame.width - 24) / 6.4);
  return content
    .split('\n')
    .map((line) => line.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('**', ''))
    .slice(0, Math.floor((frame.height - 8) / 17))
    .map((line, index) => label(frame.x + 12, frame.y + 16 + index * 17, cut(line, room)));
}

/** Columns by their titles; a recorded series is a line of its labels. */
function rows(panel: Panel, series: readonly RecordedSeries[], frame: Frame): readonly Element[] {
  const organized = panel.transformations?.find(({ id }) => id === 'organize')?.options as
    { readonly renameByName: Readonly<Record<string, string>> } | undefined;
  const titles =
    organized === undefined
      ? ['Trace', 'Start time', 'Service', 'Name', 'Duration']
      : Object.values(organized.renameByName);
  const room = frame.width / titles.length;
  const cells = (values: readonly string[], y: number, attributes: Element['attributes']) =>
    values.map((value, index) =>
      label(round(frame.x + 12 + index * room), y, cut(value, Math.floor(room / 6.4)), attributes),
    );
  const body = series.slice(0, Math.floor((frame.height - 30) / 20));
  return [
    ...cells(titles, frame.y + 14, { fill: '#6e9fff' }),
    element('line', {
      x1: frame.x + 8,
      x2: frame.x + frame.width - 8,
      y1: frame.y + 21,
      y2: frame.y + 21,
      stroke: '#2c3235',
    }),
    ...(body.length === 0
      ? nothing(frame)
      : body.flatMap(({ name }, index) => cells(name.split('\t'), frame.y + 38 + index * 20, {}))),
  ];
}

/** A number a little above, that reads well on an axis. */
function nice(value: number): number {
  if (value <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * size >= value) ?? 10) * size;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
