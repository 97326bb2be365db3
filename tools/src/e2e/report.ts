import { columns } from '@lgtm-fleet/report';

/** What an end-to-end run found; printed as a table and kept as JSON. */

export interface Counts {
  readonly pushed?: number;
  readonly acknowledged?: number;
  readonly readBack?: number;
  /** Acknowledged, and not read back. */
  readonly lost?: number;
}

export interface CheckResult {
  readonly scenario: string;
  readonly name: string;
  /** `not run` is never counted as passed. */
  readonly status: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  readonly counts?: Counts;
  /** Why it failed or did not run; what was seen where it passed. */
  readonly detail?: string;
}

export interface Report {
  readonly environment: string;
  readonly kubernetes: string;
  /** Images that this cluster cannot get, and the component that names each. */
  readonly missingImages: readonly { readonly component: string; readonly image: string }[];
  readonly seconds: number;
  readonly checks: readonly CheckResult[];
}

export function passed(report: Report): boolean {
  const ran = report.checks.filter(({ status }) => status !== 'not run');
  return ran.length > 0 && ran.every(({ status }) => status === 'passed');
}

const COUNTS = ['pushed', 'acknowledged', 'readBack', 'lost'] as const;

export function table(report: Report): string {
  const head = ['scenario', 'check', 'result', 'seconds', 'pushed', 'acknowledged', 'read back', 'lost'];
  const lines = report.checks.map((check) => [
    check.scenario,
    check.name,
    check.status,
    check.seconds.toFixed(1),
    ...COUNTS.map((key) => String(check.counts?.[key] ?? '')),
  ]);
  const rows = columns([head, ...lines], (column) => column >= 3);
  const told = report.checks
    .filter(({ status }) => status !== 'passed')
    .map(({ scenario, name, status, detail }) => `${status}: ${scenario}, ${name}: ${detail ?? ''}`);
  return [...rows, ...(told.length > 0 ? ['', ...told] : []), '', summary(report)].join('\n');
}

function summary({ checks, seconds, environment, kubernetes }: Report): string {
  const count = (wanted: CheckResult['status']) => checks.filter(({ status }) => status === wanted).length;
  return [
    `${String(count('passed'))} passed, ${String(count('failed'))} failed, ${String(count('not run'))} not run`,
    `in ${String(Math.round(seconds))} s on Kubernetes ${kubernetes} (${environment})`,
  ].join(' ');
}
