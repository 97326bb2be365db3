import { scrubbed } from './scrub.ts';
import type { Finding, Report } from './types.ts';

/** A report whose sentences, which quote programs, have no secret. */
export function scrubbedReport(report: Report, secrets: readonly string[]): Report {
  const clean = (text: string): string => scrubbed(text, secrets);
  const finding = <T extends Finding>(one: T): T => ({ ...one, what: clean(one.what), why: one.why.map(clean) });
  return {
    ...report,
    diagnoses: report.diagnoses.map((one) => ({ ...finding(one), symptoms: one.symptoms.map(finding) })),
    unknown: report.unknown.map(({ what, because }) => ({ what, because: clean(because) })),
    ...(report.way !== undefined && { way: report.way.map((step) => ({ ...step, detail: clean(step.detail) })) }),
  };
}
