/** A place in a file: offsets in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line below the frame: `= why: …`. */
export interface Note {
  /** One word: `why`, `docs`. */
  readonly name: string;
  readonly text: string;
}

/** One thing that is wrong, with the smallest place that shows it. */
export interface Diagnostic {
  /** Kebab-case, names the bad thing: `unknown-key`. */
  readonly id: string;
  /** `info` is no fault: something worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
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
  /** What else belongs below the frame, after the help, in this order. */
  readonly notes?: readonly Note[];
}
