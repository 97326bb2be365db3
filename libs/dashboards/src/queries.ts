import type { Query } from './types.ts';

/** A graph of PromQL; `legend` names labels as `{{pod}}`. */
export function promql(expr: string, legend: string): Query {
  return { signal: 'metrics', language: 'promql', kind: 'range', text: expr, target: { expr, legendFormat: legend } };
}

/** The same with the traces behind its points. */
export function withExemplars({ text, ...query }: Query): Query {
  return { ...query, text, target: { ...query.target, expr: text, exemplar: true } };
}

/** PromQL as of now, for numbers and tables. */
export function now(expr: string, legend = ''): Query {
  const target = { expr, legendFormat: legend, instant: true, range: false, format: 'table' } as const;
  return { signal: 'metrics', language: 'promql', kind: 'instant', text: expr, target };
}

/** A number counted from log lines, over time. */
export function counted(expr: string, legend: string): Query {
  const target = { expr, legendFormat: legend, queryType: 'range' };
  return { signal: 'logs', language: 'logql', kind: 'range', text: expr, target };
}

/** Log lines themselves. */
export function lines(expr: string, maxLines = 200): Query {
  const target = { expr, queryType: 'range', maxLines };
  return { signal: 'logs', language: 'logql', kind: 'lines', text: expr, target };
}

/** Traces that match. */
export function traces(query: string, limit = 20): Query {
  const target = { query, queryType: 'traceql', tableType: 'traces', limit } as const;
  return { signal: 'traces', language: 'traceql', kind: 'traces', text: query, target };
}

/** A number made of spans while they are read, over time. */
export function spans(query: string): Query {
  const target = { query, queryType: 'traceql', metricsQueryType: 'range' } as const;
  return { signal: 'traces', language: 'traceql', kind: 'range', text: query, target };
}

/** Who calls whom, which Tempo's data source makes of the metrics of its generator. */
export function serviceMap(filter: string): Query {
  const target = { queryType: 'serviceMap', serviceMapQuery: filter };
  return { signal: 'traces', kind: 'map', text: filter, target };
}
