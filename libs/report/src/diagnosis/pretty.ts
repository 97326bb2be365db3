import { countSeverities, formatDiagnostic, visible, type Note } from '@lgtm-fleet/diagnostics';
import type { Diagnosis, Finding, Report, Step } from '@lgtm-fleet/doctor';
import { columns } from '../columns.ts';

/** Of more symptoms than this, the last ones teach nothing new. */
const MAX_SYMPTOMS = 8;
const MAX_UNKNOWN = 20;

/** What the doctor says, for people at a terminal: causes in the manner of rustc, symptoms below each. */
export function prettyReport(report: Report, urlOf: (finding: Finding) => string): string {
  const { diagnoses, unknown, way = [] } = report;
  const shown = diagnoses.map((diagnosis) => shownDiagnosis(diagnosis, urlOf(diagnosis)));
  const notKnown = unknown
    .slice(0, MAX_UNKNOWN)
    .map(({ what, because }) => `not known: ${visible(what)}, because ${visible(because)}`);
  if (unknown.length > MAX_UNKNOWN) notKnown.push(`… and ${unknown.length - MAX_UNKNOWN} more are not known`);
  return `${[...shown, shownWay(way), notKnown.join('\n'), summary(report)].filter((part) => part !== '').join('\n\n')}\n`;
}

/** One cause with what follows from it. */
export function shownDiagnosis(diagnosis: Diagnosis, url: string): string {
  const { id, severity, what, where, why, next, symptoms } = diagnosis;
  const more = symptoms.length - MAX_SYMPTOMS;
  const notes: readonly Note[] = [
    ...why.map((text) => ({ name: 'why', text })),
    ...symptoms
      .slice(0, MAX_SYMPTOMS)
      .map(({ id: name, what: text }) => ({ name: 'symptom', text: `${text} [${name}]` })),
    ...(more > 0 ? [{ name: 'symptom', text: `and ${more} more` }] : []),
    { name: 'next', text: next },
    { name: 'runbook', text: url },
  ];
  return formatDiagnostic({ id, severity, message: what, file: where, notes });
}

/** The way of what the doctor sent itself, a line each step. */
function shownWay(way: readonly Step[]): string {
  if (way.length === 0) return '';
  const rows = way.map(({ signal, step, ok, seconds, detail }) => [
    step.includes(' to ') ? '' : signal,
    step,
    seconds === undefined ? '' : `${seconds.toFixed(2)} s`,
    ok ? visible(detail) : `fails: ${visible(detail)}`,
  ]);
  const lines = columns(rows, (column) => column === 2).map((line) => `  ${line}`);
  return ['the way of the canary', ...lines].join('\n');
}

function summary({ cluster, diagnoses, unknown, checks, seconds }: Report): string {
  const time = `${seconds.toFixed(0)} s`;
  const dark =
    unknown.length === 0 ? '' : `; ${unknown.length} ${unknown.length === 1 ? 'thing is' : 'things are'} not known`;
  if (diagnoses.length === 0) return `no findings on ${cluster} (${checks} checks, ${time})${dark}`;
  const symptoms = diagnoses.reduce((sum, one) => sum + one.symptoms.length, 0);
  const below = symptoms === 0 ? '' : ` with ${symptoms} ${symptoms === 1 ? 'symptom' : 'symptoms'}`;
  return `${countSeverities(diagnoses)}${below} on ${cluster} (${checks} checks, ${time})${dark}`;
}
