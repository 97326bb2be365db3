import { HEARD, NAMED } from '../e2e/faults/check-names.ts';
import type { CheckResult, Report } from '../e2e/report.ts';
import { markdownTable, withSection } from './e2e-section.ts';

/** Between these two lines of docs/5-debugging.md is what the committed report of the faults says. */
export const FAULT_MARKERS = ['<!-- faults -->', '<!-- /faults -->'] as const;

/** A row for each fault that was put in: whether the doctor named it, and whether its alert was true meanwhile. */
export function faultsSection({ checks, seconds, kubernetes, environment }: Report): string {
  const named = checks.filter(({ name }) => name.startsWith(NAMED));
  const rows = named.map((doctor) => {
    const fault = doctor.name.slice(NAMED.length);
    const heard = checks.find(({ name }) => name.endsWith(`${HEARD}${fault}`));
    return [
      fault,
      doctor.status,
      heard === undefined ? 'none tells of it' : `\`${heard.name.split(' ')[0] ?? ''}\``,
      heard?.status ?? '',
    ];
  });
  const passed = (all: readonly CheckResult[]): number => all.filter(({ status }) => status === 'passed').length;
  const alerts = checks.filter(({ name }) => name.includes(HEARD));
  return [
    ...markdownTable([['what happened', 'named', 'its alert', 'true'], ...rows], () => false),
    '',
    `The doctor named ${String(passed(named))} of ${String(named.length)}, and ${String(passed(alerts))} of ${String(alerts.length)} alerts were true meanwhile; ${Math.round(seconds / 60).toFixed()} minutes on Kubernetes ${kubernetes} (${environment}).`,
  ].join('\n');
}

export function withFaultsSection(page: string, report: Report): string {
  return withSection(page, FAULT_MARKERS, faultsSection(report));
}
