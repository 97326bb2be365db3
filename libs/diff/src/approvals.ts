import { nearest } from '@lgtm-fleet/diagnostics';
import { say, type Phrase } from './phrase.ts';

/** Text of a pull request is at most 65,536 characters long. */
const MAX_CHARACTERS = 1024 * 1024;
const MAX_LINES = 2000;
/** Longer than any approval; also bounds what the expressions below can cost. */
const MAX_LINE = 2000;

/** One line of a pull request: `lgtm-fleet: approve retention-shortened prod-eu/mimir because 30 days are enough`. */
export interface Approval {
  readonly id: string;
  /** Cluster and subject: `prod-eu/mimir`. */
  readonly subject: string;
  readonly reason: string;
  /** Of the text, from 1. */
  readonly line: number;
}

export interface Malformed {
  readonly line: number;
  readonly text: string;
  readonly message: Phrase;
}

export interface Approvals {
  readonly approvals: readonly Approval[];
  readonly malformed: readonly Malformed[];
}

/** The line that approves a danger, to be copied. */
export function approvalLine(id: string, subject: string): string {
  return `lgtm-fleet: approve ${id} ${subject} because `;
}

/**
 * The approvals in the text of a pull request. A line counts when it begins with `lgtm-fleet:`, after a bullet or in
 * backquotes if need be; what is commented out (as the template's example is) or quoted (`>`) does not.
 *
 * @param ids of all classes
 */
export function parseApprovals(body: string, ids: readonly string[]): Approvals {
  const text = withoutComments(body.slice(0, MAX_CHARACTERS));
  const approvals: Approval[] = [];
  const malformed: Malformed[] = [];
  for (const [index, raw] of text
    .split(/\r\n|\n|\r/)
    .slice(0, MAX_LINES)
    .entries()) {
    const line = raw
      .slice(0, MAX_LINE)
      .replace(/^[\s]*(?:[-*+]\s+)?`{0,3}\s*/, '')
      .replace(/[\s`]+$/, '');
    const [, rest] = /^lgtm-fleet:(.*)$/i.exec(line) ?? [];
    if (rest === undefined) continue;
    const read = readOne(rest.trim(), ids);
    if (!('id' in read)) malformed.push({ line: index + 1, text: line.slice(0, 200), message: read });
    else approvals.push({ ...read, line: index + 1 });
  }
  return { approvals, malformed };
}

function readOne(text: string, ids: readonly string[]): Omit<Approval, 'line'> | Phrase {
  const [verb = '', id = '', subject = '', because = '', ...rest] = text.split(/\s+/);
  if (verb.toLowerCase() !== 'approve') return say`the only word that may follow is ${'approve'}`;
  if (id === '') return say`it names no class`;
  if (/[*?]/.test(id) || /[*?]/.test(subject)) return say`it has a wildcard; each danger is approved by itself`;
  if (!ids.includes(id)) {
    const meant = nearest(id, ids);
    return say`there is no class ${id}${meant === undefined ? say`` : say`; did you mean ${meant}?`}`;
  }
  if (subject === '' || subject.toLowerCase() === 'because') return say`it names no object`;
  const reason = rest.join(' ');
  if (because.toLowerCase() !== 'because' || !/\p{L}{2}/u.test(reason)) return say`it gives no reason: ${'because …'}`;
  if (/^<.*>$/.test(reason)) return say`its reason is still the placeholder of the template`;
  return { id, subject, reason };
}

/** Lines keep their numbers. A comment that is never closed hides the rest, as on the page. */
function withoutComments(text: string): string {
  let result = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('<!--', at);
    if (open < 0) return result + text.slice(at);
    const close = text.indexOf('-->', open + 4);
    const end = close < 0 ? text.length : close + 3;
    result += text.slice(at, open) + text.slice(open, end).replaceAll(/[^\r\n]/g, '');
    at = end;
  }
}

/** Any text as one word that an approval can name; different texts stay different. */
export function word(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._:/@=-]/gu, encoded);
}

function encoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`;
}
