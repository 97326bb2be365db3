import type { Variable } from './sdk.ts';
import type { Signal } from './types.ts';

const TYPES = { metrics: 'prometheus', logs: 'loki', traces: 'tempo' } as const satisfies Record<Signal, string>;
const LABELS = { metrics: 'Metrics', logs: 'Logs', traces: 'Traces' } as const satisfies Record<Signal, string>;

/** A data source by its variable, so that the same page serves every tenant. */
export function sourceOf(signal: Signal): { readonly type: string; readonly uid: string } {
  return { type: TYPES[signal], uid: ['${', '}'].join(signal) };
}

/** Which data source a page asks; the one to begin with where Grafana has it, else the first of its type. */
export function dataSourceVariable(signal: Signal, uid: string, user: string): Variable {
  return {
    type: 'datasource',
    name: signal,
    label: LABELS[signal],
    query: TYPES[signal],
    refresh: 1,
    current: { selected: false, text: `${LABELS[signal]} (${user})`, value: uid },
  };
}

/** Values of a label, several at a time or all. */
export function labelVariable(name: string, label: string, series: string): Variable {
  return {
    ...oneLabelVariable(name, label, series),
    multi: true,
    includeAll: true,
    // Also what has no such label: not every program is asked through a pod.
    allValue: '.*',
    current: { selected: true, text: 'All', value: '$__all' },
  };
}

/**
 * Values of a label, one at a time.
 *
 * @param part expression whose group is what is shown of a value
 */
export function oneLabelVariable(name: string, label: string, series: string, from = name, part?: string): Variable {
  const query = `label_values(${series}, ${from})`;
  return {
    type: 'query',
    name,
    label,
    datasource: sourceOf('metrics'),
    query: { query, refId: name },
    definition: query,
    refresh: 2,
    sort: 1,
    ...(part !== undefined && { regex: part }),
  };
}

/** Values of a label of log streams, several at a time or all. */
export function streamVariable(name: string, label: string, stream: string): Variable {
  return {
    ...labelVariable(name, label, stream),
    datasource: sourceOf('logs'),
    // Loki takes no selector that would also match streams without any of its labels.
    allValue: '.+',
  };
}

/** A value that somebody types: a text to search for. */
export function textVariable(name: string, label: string, value: string, description?: string): Variable {
  return {
    type: 'textbox',
    name,
    label,
    query: value,
    current: { selected: true, text: value, value },
    ...(description !== undefined && { description }),
  };
}
