import type { Finding, RuleMeta } from '@lgtm-fleet/lint';

/** What a format needs beside the findings. */
export interface FindingContext {
  /** All rules that were asked, the silent ones too. */
  readonly rules: readonly RuleMeta[];
  /** Text of a file by its path from the root of the repository; none if it cannot be read. */
  readonly sourceOf: (file: string) => string | undefined;
  readonly toolVersion: string;
  /** Page of a rule: a path from the root of the repository, or an address. */
  readonly docsUrl: (id: string) => string;
}

/** Findings in any order as the text of one format, which ends with a line break. */
export type FormatFindings = (findings: readonly Finding[], context: FindingContext) => string;

/** Rules by their id. What an engine or a reader says itself may have no rule. */
export function rulesById(context: FindingContext): ReadonlyMap<string, RuleMeta> {
  return new Map(context.rules.map((rule) => [rule.id, rule]));
}
