import type { Unknown } from './facts.ts';
import type { Diagnosis, Report } from './types.ts';

/** What is otherwise than at the look before. */
export interface Changes {
  readonly appeared: readonly Diagnosis[];
  readonly gone: readonly Diagnosis[];
  /** What cannot be learnt any more, and what can be again. */
  readonly darkened: readonly Unknown[];
  readonly lightened: readonly Unknown[];
}

export function changesBetween(before: Report, after: Report): Changes {
  const missing = <T>(from: readonly T[], others: readonly T[], keyOf: (one: T) => string): readonly T[] => {
    const known = new Set(others.map(keyOf));
    return from.filter((one) => !known.has(keyOf(one)));
  };
  // Not by their words: numbers and times in them change.
  const diagnosis = ({ id, where }: Diagnosis): string => `${id} ${where}`;
  const unknown = ({ what }: Unknown): string => what;
  return {
    appeared: missing(after.diagnoses, before.diagnoses, diagnosis),
    gone: missing(before.diagnoses, after.diagnoses, diagnosis),
    darkened: missing(after.unknown, before.unknown, unknown),
    lightened: missing(before.unknown, after.unknown, unknown),
  };
}
