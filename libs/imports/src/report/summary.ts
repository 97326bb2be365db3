import { masked, visible } from '@lgtm-fleet/diagnostics';
import type { Imported } from '../core/import.ts';
import { countOf, linesOf, outcomes, rowsOf, TITLES } from './rows.ts';

/** Of more, the report tells. */
const MAX_LINES = 20;
const MAX_WIDTH = 200;

/** A few lines for a terminal: what was counted, and what a person has to look at first. */
export function summary(imported: Imported): string {
  const { entries, sources, secrets, open } = imported;
  const counts = outcomes
    .map((outcome) => ({ outcome, count: countOf(entries, outcome) }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${TITLES[outcome]}`);
  const rows = rowsOf(entries).filter(({ outcome }) => outcome === 'impossible' || outcome === 'unknown');
  const shown = rows.slice(0, MAX_LINES).map((row) => {
    const { file, path, outcome, note } = row;
    const why = outcome === 'unknown' ? TITLES.unknown : (note ?? '');
    const text = visible(masked(`${file}:${linesOf(row)}: ${path === '' ? 'the whole file' : path}: ${why}`));
    return `  ${text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH)}…` : text}`;
  });
  return [
    `${entries.length} keys: ${counts.join(', ')}`,
    `${sources.length} ${sources.length === 1 ? 'source' : 'sources'} drafted, ${secrets.length} secrets to make, ${open.length} questions to answer`,
    ...(rows.length === 0 ? [] : ['', 'Not possible or not known:', ...shown]),
    ...(rows.length > MAX_LINES ? [`  … and ${rows.length - MAX_LINES} more in the report`] : []),
  ].join('\n');
}
