import type { Finding, Report } from '@lgtm-fleet/doctor';
import { printableJson } from '../findings/printable-json.ts';

/** The document that `--json` prints. Fields may be added; `version` goes up when one changes or goes. */
export interface ReportDocument extends Omit<Report, 'diagnoses'> {
  readonly version: 1;
  readonly diagnoses: readonly FindingDocument[];
}

export interface FindingDocument extends Pick<
  Finding,
  'id' | 'severity' | 'layer' | 'what' | 'where' | 'why' | 'next' | 'about'
> {
  /** Address of the page. */
  readonly runbook: string;
  readonly symptoms?: readonly FindingDocument[];
}

/** For programs: a {@link ReportDocument}. */
export function jsonReport({ diagnoses, ...rest }: Report, urlOf: (finding: Finding) => string): string {
  const shown = ({ id, severity, layer, what, where, why, next, about, ...finding }: Finding): FindingDocument => ({
    id,
    severity,
    layer,
    what,
    where,
    why,
    next,
    about,
    runbook: urlOf({ id, severity, layer, what, where, why, next, about, ...finding }),
  });
  const document: ReportDocument = {
    version: 1,
    ...rest,
    diagnoses: diagnoses.map(({ symptoms, ...finding }) => ({ ...shown(finding), symptoms: symptoms.map(shown) })),
  };
  return printableJson(document);
}
