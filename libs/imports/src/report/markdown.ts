import { markdownCell, markdownInline, masked, visible } from '@lgtm-fleet/diagnostics';
import { formatCount } from '@lgtm-fleet/units';
import type { Imported } from '../core/import.ts';
import type { Outcome } from '../core/ledger.ts';
import { countOf, linesOf, outcomes, rowsOf, TITLES, type Row } from './rows.ts';

/** Units of a text whose length nobody promised. */
const MAX_CELL = 300;
/** More are read by programs: the JSON has all of them. */
const MAX_ROWS = 2000;

/** The report for people and for a pull request. Nothing that an input says becomes Markdown. */
export function markdownReport(imported: Imported): string {
  const rows = Map.groupBy(rowsOf(imported.entries), ({ outcome }) => outcome);
  return [
    `# What ${imported.kind} becomes in ${markdownInline(imported.cluster)}`,
    summary(imported),
    ...unreadable(imported),
    ...draftFaults(imported),
    ...decisions(imported),
    ...secrets(imported),
    ...sources(imported),
    ...(['impossible', 'unknown', 'changed', 'carried'] as const).flatMap((outcome) =>
      section(outcome, rows.get(outcome) ?? []),
    ),
    ...comeAlong(imported),
  ]
    .join('\n\n')
    .concat('\n');
}

function summary({ entries, kind }: Imported): string {
  const counts = outcomes.map((outcome) => [TITLES[outcome], String(countOf(entries, outcome))]);
  return [
    `Every key of the input is counted once, by the line in which it stands.`,
    table(['outcome', 'keys'], [...counts, ['together', String(entries.length)]], [false, true]),
    countOf(entries, 'unknown') === 0
      ? ''
      : `Of what is not known, the importer of ${kind} does not know whether it matters.`,
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function unreadable({ unreadable: faults }: Imported): readonly string[] {
  if (faults.length === 0) return [];
  return ['## Cannot be read', list(faults.map(({ file, message }) => `${code(file)}: ${inline(message)}`))];
}

function draftFaults({ valid, faults }: Imported): readonly string[] {
  if (valid) return [];
  return [
    '## The draft is no cluster yet',
    list(faults.map(({ message, help }) => `${inline(message)}${help === undefined ? '' : `: ${inline(help)}`}`)),
  ];
}

function decisions({ open, advice }: Imported): readonly string[] {
  const asked = open.map(
    ({ name, at, question }) => `${code(`${name}: ${at.replaceAll('/', '.')}`)}: ${inline(question)}`,
  );
  const all = [...asked, ...advice.map(inline)];
  return all.length === 0 ? [] : ['## For you to decide', list(all)];
}

function secrets({ secrets: needed }: Imported): readonly string[] {
  if (needed.length === 0) return [];
  const rows = needed.map(({ secret, namespace, key, what, file, line }) => [
    code(`${namespace}/${secret}`),
    code(key),
    cell(what),
    place(file, String(line)),
  ]);
  return [
    '## Secrets to make',
    'No value of them is in the draft or in this report.',
    table(['Secret', 'key', 'what', 'from'], rows),
  ];
}

function sources({ sources: drafted }: Imported): readonly string[] {
  if (drafted.length === 0) return [];
  const rows = drafted.map(({ name, kind, targets, series, file, line }) => [
    code(name),
    kind,
    String(targets),
    formatCount(series),
    place(file, String(line)),
  ]);
  return ['## Sources', table(['name', 'kind', 'targets', 'series, about', 'from'], rows, [false, false, true, true])];
}

const HEADS: Readonly<Record<Outcome, readonly string[]>> = {
  impossible: ['from', 'key', 'why, and what to do'],
  unknown: ['from', 'key'],
  changed: ['from', 'key', 'to', 'how'],
  carried: ['from', 'key', 'to'],
};

function section(outcome: Outcome, rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.slice(0, MAX_ROWS).map((row) => {
    const { file, path, leaves, to = '', note = '' } = row;
    const key = path === '' ? 'the whole file' : code(path);
    const counted = leaves > 1 ? `${key} (${leaves} keys)` : key;
    const from = place(file, linesOf(row));
    switch (outcome) {
      case 'impossible':
        return [from, counted, cell(note)];
      case 'unknown':
        return [from, counted];
      case 'changed':
        return [from, counted, target(to), cell(note)];
      case 'carried':
        return [from, counted, target(to)];
    }
  });
  const title = TITLES[outcome];
  const rest = rows.length - cells.length;
  return [
    `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    table(HEADS[outcome], cells),
    ...(rest === 0 ? [] : [`And ${rest} more rows, which the report in JSON has.`]),
  ];
}

function comeAlong({ files }: Imported): readonly string[] {
  if (files.length === 0) return [];
  return ['## Files that come along', list(files.map(({ path }) => code(path)))];
}

function place(file: string, lines: string): string {
  return code(`${file}:${lines}`);
}

/** Where it went: a path of the cluster file is code, anything else a few words. */
function target(to: string): string {
  return /^[a-z][\w[\]./-]*$/i.test(to) ? code(to) : cell(to);
}

/** A text that is code as a whole; backquotes in it would end it. */
function code(text: string): string {
  return cell(`\`${short(text).replaceAll('`', "'")}\``);
}

function cell(text: string): string {
  return markdownCell(short(text));
}

function inline(text: string): string {
  return markdownInline(short(text));
}

function short(text: string): string {
  const shown = visible(masked(text));
  return shown.length > MAX_CELL ? `${shown.slice(0, MAX_CELL)}…` : shown;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly boolean[] = []): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (right[index] === true ? '---:' : '---'))), ...rows.map(line)].join(
    '\n',
  );
}
