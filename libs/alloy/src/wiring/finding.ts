import { nearest, type Span } from '@lgtm-fleet/diagnostics';

export type AlloyFindingId =
  | 'alloy-unknown-component'
  | 'alloy-unknown-export'
  | 'alloy-dangling-reference'
  | 'alloy-unfed-receiver'
  | 'alloy-forward-to-nowhere'
  | 'alloy-wrong-kind'
  | 'alloy-duplicate-component'
  | 'alloy-duplicate-argument'
  | 'alloy-missing-argument'
  | 'alloy-missing-label'
  | 'alloy-unknown-argument'
  | 'alloy-reference-cycle';

/** What is wrong with the wiring of a configuration, at the smallest place that shows it. */
export interface AlloyFinding {
  readonly id: AlloyFindingId;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
}

/** Where the checks put what they find. */
export interface Findings {
  add(id: AlloyFindingId, span: Span, message: string, help?: string): void;
  /** `did you mean …?`, of a word that one of the candidates is close to. */
  meant(word: string, candidates: Iterable<string>): string | undefined;
  /** In the order of the file. */
  readonly all: () => readonly AlloyFinding[];
}

/** More comparisons than this teach nothing, and a hostile file could ask for billions. */
const mostComparisons = 10_000;
export const mostFindings = 200;
/** Past this many none is kept: two hundred of them say as much. */
const mostKept = 20_000;

export function createFindings(): Findings {
  const findings: AlloyFinding[] = [];
  let comparisons = 0;
  return {
    add: (id, span, message, help) => {
      if (findings.length >= mostKept) return;
      findings.push({ id, message, span, ...(help === undefined ? {} : { help }) });
    },
    meant: (word, candidates) => {
      const list: string[] = [];
      for (const candidate of candidates) {
        if (comparisons >= mostComparisons) break;
        comparisons += 1;
        if (candidate.length <= 64) list.push(candidate);
      }
      const best = nearest(word, list);
      return best === undefined ? undefined : `did you mean \`${best}\`?`;
    },
    all: () => findings.toSorted((left, right) => left.span.start - right.span.start).slice(0, mostFindings),
  };
}
