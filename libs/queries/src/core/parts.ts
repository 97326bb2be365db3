import type { Span } from '@lgtm-fleet/diagnostics';

/** Something of the query with a name: what it means, where it stands, and whether Grafana fills in a part of it. */
export interface Name extends Span {
  readonly text: string;
  readonly variable: boolean;
}

export interface Matcher extends Span {
  /** Absent for a variable that stands for whole matchers (`{$filters}`). */
  readonly label: Name | undefined;
  readonly operator: '=' | '!=' | '=~' | '!~';
  /** Span with the quotes. */
  readonly value: Name;
}

/** A range, step or offset. */
export interface DurationText extends Span {
  /** Absent where Grafana fills it in. */
  readonly milliseconds: number | undefined;
  readonly text: string;
}

export interface Grouping extends Span {
  readonly by: boolean;
  readonly labels: readonly Name[];
}

export interface Matching {
  readonly on: boolean;
  readonly labels: readonly Name[];
  readonly place: Span;
  /** `group_left` or `group_right`, with the labels taken over from the one side. */
  readonly group:
    { readonly side: 'left' | 'right'; readonly labels: readonly Name[]; readonly place: Span } | undefined;
}
