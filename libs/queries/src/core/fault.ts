import type { Span } from '@lgtm-fleet/diagnostics';

/** One thing wrong with a query. Offsets are UTF-16 units of the query's own text, `${variables}` included. */
export interface QueryFault {
  /** Kebab-case, names the bad thing: `unknown-function`. */
  readonly id: string;
  /** `error`: the program refuses the query, or it can never give a result. `warning`: it runs, but misleads. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  readonly span: Span;
  /** What to do about it. */
  readonly help?: string;
}

/** A query as it was read: a tree where it could be read, and the faults of reading it. */
export interface Parsed<Tree> {
  /** Absent where the text could not be read; then there is a fault that says where. */
  readonly tree: Tree | undefined;
  readonly faults: readonly QueryFault[];
}

export interface ParseOptions {
  /**
   * The text stands in a dashboard or a data source: Grafana fills in `$var`, `${var:format}`, `[[var]]` and macros
   * such as `$__rate_interval` before it asks. Without it they are what they are to the program: syntax errors.
   */
  readonly variables?: boolean;
}

/** What keeps a hostile query from taking long: each is far above what a person writes. */
export const limits = {
  /** UTF-16 units. */
  length: 64 * 1024,
  /** Brackets and operators in each other. */
  depth: 200,
  /** Operators and modifiers of one query, whose tree may lean to one side. */
  operators: 1000,
  /** Faults that are told of one query. */
  faults: 100,
} as const;

export function error(id: string, message: string, span: Span, help?: string): QueryFault {
  return fault('error', id, message, span, help);
}

export function warning(id: string, message: string, span: Span, help?: string): QueryFault {
  return fault('warning', id, message, span, help);
}

function fault(severity: QueryFault['severity'], id: string, message: string, span: Span, help?: string): QueryFault {
  const { start, end } = span;
  return { id, severity, message, span: { start, end }, ...(help === undefined ? {} : { help }) };
}

/** The first ones in order of their places; the same said of the same place is said once. */
export function inOrder(faults: readonly QueryFault[]): readonly QueryFault[] {
  const seen = new Set<string>();
  return faults
    .filter(({ id, span, message }) => {
      const key = [id, span.start, span.end, message].join(' ');
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((left, right) => left.span.start - right.span.start || left.span.end - right.span.end)
    .slice(0, limits.faults);
}
