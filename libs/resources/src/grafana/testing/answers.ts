import type { PanelQuery } from '@lgtm-fleet/dashboards';
import type { Stack } from './stack.ts';

/** What a real program answers to a query of a panel, in one form for all three. */
export interface AnsweredSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds and value; for log lines and traces none. */
  readonly points: readonly (readonly [number, number])[];
  /** A log line. */
  readonly line?: string;
}

export interface Answer {
  readonly series: readonly AnsweredSeries[];
  readonly error?: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export async function ask(stack: Stack, query: PanelQuery, range: Range): Promise<Answer> {
  const answer = await fetch(addressOf(stack, query, range), { headers: { 'X-Scope-OrgID': 'main' } });
  const text = await answer.text();
  return answer.status === 200
    ? { series: seriesOf(JSON.parse(text) as Body) }
    : { series: [], error: `${query.page}: ${query.panel}: ${query.query}: ${String(answer.status)} ${text}` };
}

function addressOf(stack: Stack, { language, kind, query }: PanelQuery, { start, end, step }: Range): string {
  const range = { start: String(start), end: String(end), step: String(step) };
  const url = (base: string, path: string, given: Record<string, string>): string =>
    `${base}${path}?${String(new URLSearchParams(given))}`;
  switch (language) {
    case 'promql':
      return kind === 'instant'
        ? url(stack.prometheus, '/api/v1/query', { query, time: String(end) })
        : url(stack.prometheus, '/api/v1/query_range', { query, ...range });
    case 'logql':
      return url(stack.loki, '/loki/api/v1/query_range', { query, limit: '20', ...range });
    case 'traceql':
      return kind === 'range'
        ? url(stack.tempo, '/api/metrics/query_range', { q: query, ...range })
        : url(stack.tempo, '/api/search', { q: query, start: range.start, end: range.end });
  }
}

type Pair = readonly [number | string, string];

interface Body {
  readonly data?: {
    readonly result: readonly {
      readonly metric?: Record<string, string>;
      readonly stream?: Record<string, string>;
      readonly value?: Pair;
      readonly values?: readonly Pair[];
    }[];
  };
  readonly traces?: readonly {
    readonly rootServiceName: string;
    readonly rootTraceName: string;
    readonly durationMs?: number;
  }[];
  readonly series?: readonly {
    readonly labels: readonly {
      readonly key: string;
      readonly value: { readonly stringValue?: string; readonly doubleValue?: number };
    }[];
    readonly samples: readonly { readonly timestampMs: string; readonly value?: number }[];
  }[];
}

function seriesOf({ data, traces = [], series = [] }: Body): readonly AnsweredSeries[] {
  const results = (data?.result ?? []).flatMap(({ metric, stream, value, values = [] }): readonly AnsweredSeries[] =>
    stream === undefined
      ? [
          {
            labels: metric ?? {},
            points: (value === undefined ? values : [value]).map(([at, one]) => [Number(at), Number(one)]),
          },
        ]
      : values.map(([, line]) => ({ labels: stream, points: [], line })),
  );
  return [
    ...results,
    ...traces.map(({ rootServiceName, rootTraceName, durationMs = 0 }) => ({
      labels: { service: rootServiceName, name: rootTraceName, duration: `${String(durationMs)} ms` },
      points: [],
    })),
    ...series.map(({ labels, samples }) => ({
      labels: Object.fromEntries(
        labels.map(({ key, value }) => [key, value.stringValue ?? String(value.doubleValue ?? '')]),
      ),
      points: samples.map(({ timestampMs, value = 0 }): readonly [number, number] => [
        Number(timestampMs) / 1000,
        value,
      ]),
    })),
  ];
}
