import { blastPhrase, changePhrase, EFFECT_WORDS, fieldPhrase, percent, verdict } from './describe.ts';
import { code, markdown } from './code.ts';
import { approvalLine } from '../approvals.ts';
import { count, listed } from '../phrase.ts';
import type { ClusterBlast } from '../blast.ts';
import { isBlocking, type Comparison, type FoundDanger, type JudgedChange } from '../diff.ts';
import type { Effect } from '../types.ts';
import { EFFECTS } from '../types.ts';

/** What GitHub takes for one comment. */
export const MAX_COMMENT = 65_536;

/** First line of the comment; by it the workflow finds the one that it wrote before. */
export const MARKER = '<!-- lgtm-fleet: diff -->';

/** Room for what is said at the end about what was cut, and for the end of a fold. */
const RESERVE = 600;
const MAX_FIELDS = 12;
const MAX_CLUSTERS = 30;

const SIGNS: Readonly<Record<Effect, string>> = {
  'data-loss': '🔴',
  downtime: '🟠',
  exposure: '🟡',
  restart: '🔵',
  scale: '⚪',
  cosmetic: '⚪',
};

/**
 * The comparison as one comment of a pull request: what would happen to the data first, then how to approve it, then
 * every object. What does not fit is counted.
 */
export function markdownReport(comparison: Comparison): string {
  const { blast, dangers, changes } = comparison;
  const head = [
    MARKER,
    `## ${comparison.unapproved > 0 || comparison.failures.length > 0 ? '⛔' : '✅'} ${markdown(verdict(comparison))}`,
    '',
    ...(blast.clusters.length === 0 ? [] : [`**What it touches:** ${markdown(blastPhrase(blast))}.`, '']),
    ...blast.clusters.slice(0, MAX_CLUSTERS).map(clusterLine),
    ...(blast.clusters.length > MAX_CLUSTERS
      ? [`- … and ${String(blast.clusters.length - MAX_CLUSTERS)} more clusters`]
      : []),
    ...failureLines(comparison),
  ].join('\n');

  const page = fill(head, MAX_COMMENT - RESERVE);
  const blocking = dangers.filter(isBlocking);
  const others = dangers.filter((danger) => !isBlocking(danger));
  page.section('### Dangers that nobody approved', blocking.map(dangerBlock), 'more dangers');
  page.section('### Approved, or only to be known', others.map(dangerBlock), 'more dangers');
  page.section('### Approvals that count for nothing', approvalLines(comparison), 'more lines');
  for (const effect of EFFECTS) {
    const own = changes.filter((change) => change.effect === effect);
    if (own.length > 0)
      page.fold(
        `${SIGNS[effect]} ${EFFECT_WORDS[effect]}: ${String(own.length)} ${own.length === 1 ? 'object' : 'objects'}`,
        own.map(changeBlock),
        'more objects',
      );
  }
  return page.end();
}

function clusterLine({
  name,
  environment,
  state,
  objects,
  changed,
  removed,
  added,
  rolled,
  rings,
}: ClusterBlast): string {
  const where = environment === undefined ? '' : ` (${code(environment)})`;
  const share =
    state === 'changed'
      ? `, ${markdown(percent(changed + removed, objects))} of ${markdown(count(objects, 'object'))}`
      : '';
  const what = state === 'changed' ? '' : ` is **${state}**:`;
  const restarts =
    rolled === 0
      ? ''
      : `; the pods of ${markdown(count(rolled, 'workload'))} are replaced${rings.length === 0 ? '' : `, among them those of the quorum sets ${markdown(listed(rings))}`}`;
  return `- ${code(name)}${where}${what} ${String(changed)} changed, ${String(removed)} removed, ${String(added)} added${share}${restarts}`;
}

function dangerBlock(danger: FoundDanger): string {
  const { meta, effect, approval, address } = danger;
  const state =
    approval !== undefined
      ? `✅ approved: ${code(approval.reason)}`
      : meta.blocks
        ? `To approve it, put this line into the text of the pull request, with your reason:\n  \`\`\`text\n  ${approvalLine(meta.id, address)}\n  \`\`\``
        : 'This does not keep the pull request from being merged.';
  return [
    `- ${SIGNS[effect]} **${EFFECT_WORDS[effect]}**: ${markdown(danger.message)}.`,
    `  **Consequence:** ${markdown(danger.consequence)}.`,
    `  ${state}`,
    `  <sub>class ${code(meta.id)}</sub>`,
    '',
  ].join('\n');
}

function changeBlock({ change }: JudgedChange): string {
  const fields = change.fields.slice(0, MAX_FIELDS);
  const rest = change.fields.length - fields.length;
  return [
    `- ${code(change.cluster)} ${markdown(changePhrase(change))}`,
    ...fields.map((field) => `  - ${markdown(fieldPhrase(field))}`),
    ...(rest > 0 ? [`  - … and ${String(rest)} more fields`] : []),
  ].join('\n');
}

function failureLines({ failures }: Comparison): readonly string[] {
  return failures.map(
    ({ id, message }) =>
      `\n**Internal error** in the class ${code(id)}: ${code(message)}. The other classes looked at everything.`,
  );
}

function approvalLines({ unused, malformed }: Comparison): readonly string[] {
  return [
    ...malformed.map(({ line, text, message }) => `- line ${String(line)}, ${code(text)}: ${markdown(message)}`),
    ...unused.map(
      ({ line, id, subject }) => `- line ${String(line)} approves ${code(id)} of ${code(subject)}, which is not there`,
    ),
  ];
}

interface Page {
  readonly section: (heading: string, blocks: readonly string[], rest: string) => void;
  readonly fold: (summary: string, blocks: readonly string[], rest: string) => void;
  readonly end: () => string;
}

/** Text that grows up to a length; what comes too late is counted. */
function fill(head: string, most: number): Page {
  let text = head;
  const cut: string[] = [];
  const put = (before: string, blocks: readonly string[], after: string, rest: string): void => {
    if (blocks.length === 0) return;
    const room = most - text.length - before.length - after.length;
    let used = 0;
    let fitting = 0;
    for (const block of blocks) {
      if (used + block.length + 1 > room) break;
      used += block.length + 1;
      fitting += 1;
    }
    if (fitting > 0) text += `${before}${blocks.slice(0, fitting).join('\n')}${after}`;
    if (fitting < blocks.length) cut.push(`${String(blocks.length - fitting)} ${rest}`);
  };
  return {
    section: (heading, blocks, rest) => {
      put(`\n\n${heading}\n\n`, blocks, '', rest);
    },
    fold: (summary, blocks, rest) => {
      put(`\n\n<details><summary>${summary}</summary>\n\n`, blocks, '\n\n</details>', rest);
    },
    end: () => {
      if (cut.length === 0) return `${text.trimEnd()}\n`;
      return `${text}\n\n**Cut, for a comment has no more room:** ${cut.slice(0, 10).join(', ')}. \`nx run tools:diff\` shows everything.\n`;
    },
  };
}
