/** A place in a file: offsets in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One thing that is wrong, with the smallest place that shows it. */
export interface Diagnostic {
  /** Kebab-case, names the bad thing: `unknown-key`. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** Path as it should be shown. */
  readonly file: string;
  /** Absent where the whole file is meant (it is missing, it is not text). */
  readonly span?: Span;
  /** Short text beside the carets. */
  readonly label?: string;
  /** What to do about it. */
  readonly help?: string;
}
