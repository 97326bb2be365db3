import { blastPhrase, changePhrase, EFFECT_WORDS, fieldPhrase, verdict } from './describe.ts';
import { oneLine, terminal } from './code.ts';
import { approvalLine } from '../approvals.ts';
import { isBlocking, type Comparison, type FoundDanger } from '../diff.ts';

/** Fields of one object that a terminal shows. */
const MAX_FIELDS = 8;
const MAX_CHANGES = 200;

/** The comparison for people at a terminal. */
export function prettyReport(comparison: Comparison): string {
  const { blast, dangers, changes, failures } = comparison;
  const shown = changes.slice(0, MAX_CHANGES);
  const lines = [
    terminal(verdict(comparison)),
    ...(blast.clusters.length === 0 ? [] : [terminal(blastPhrase(blast))]),
    ...blast.clusters.map(
      ({ name, state, changed, removed, added, rolled }) =>
        `  ${oneLine(name)}${state === 'changed' ? '' : ` (${state})`}: ${String(changed)} changed, ${String(removed)} removed, ${String(added)} added, ${String(rolled)} restarted`,
    ),
    ...failures.map(({ id, message }) => `\nerror: internal error in the class ${id}: ${oneLine(message)}`),
    ...dangers.flatMap(dangerLines),
    ...approvalLines(comparison),
    ...(shown.length === 0 ? [] : ['', 'Changes']),
    ...shown.flatMap(({ change, effect }) => [
      `  ${EFFECT_WORDS[effect].padEnd(9)}  ${oneLine(change.cluster)}: ${terminal(changePhrase(change))}`,
      ...change.fields.slice(0, MAX_FIELDS).map((field) => `             ${terminal(fieldPhrase(field))}`),
      ...(change.fields.length > MAX_FIELDS
        ? [`             … and ${String(change.fields.length - MAX_FIELDS)} more`]
        : []),
    ]),
    ...(changes.length > shown.length ? [`  … and ${String(changes.length - shown.length)} more objects`] : []),
  ];
  return lines.join('\n');
}

function dangerLines(danger: FoundDanger): readonly string[] {
  const { meta, approval, address } = danger;
  const level = isBlocking(danger) ? 'error' : 'warning';
  return [
    '',
    `${level}[${meta.id}]: ${terminal(danger.message)}`,
    ` --> ${address}`,
    `  = ${EFFECT_WORDS[danger.effect]}: ${terminal(danger.consequence)}`,
    ...(approval === undefined
      ? meta.blocks
        ? [`  = help: to approve, write into the text of the pull request: ${approvalLine(meta.id, address)}<reason>`]
        : []
      : [`  = approved: ${oneLine(approval.reason)}`]),
  ];
}

function approvalLines({ unused, malformed }: Comparison): readonly string[] {
  return [
    ...malformed.map(
      ({ line, text, message }) =>
        `\nwarning: line ${String(line)} of the pull request approves nothing: ${terminal(message)}\n  | ${oneLine(text)}`,
    ),
    ...unused.map(
      ({ line, id, subject }) =>
        `\nwarning: line ${String(line)} of the pull request approves ${id} of ${oneLine(subject)}, which is not there`,
    ),
  ];
}
