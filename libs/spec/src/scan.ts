import { credentialsIn, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { CLOSE, lex, OPEN } from './lex.ts';
import { error, type SourceFile } from './source.ts';

const MAX_DEPTH = 32;
/** Every level of a block is at least one column further in; nobody indents by more than eight. */
const MAX_COLUMN = 8 * MAX_DEPTH;
const MAX_TOKENS = 100_000;
const MAX_FAULTS = 20;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/**
 * What can be refused by looking at characters and words alone. A YAML parser can be made to blow up (deep
 * nesting, aliases of aliases), so nothing reaches it that a cluster file has no use for: anchors, aliases,
 * tags, directives, and more or deeper values than any cluster needs.
 */
export function scan(source: SourceFile): readonly Diagnostic[] {
  const fault = characters(source);
  if (fault !== undefined) return [fault];
  const faults = words(source);
  return faults.length > 0 ? faults : credentials(source);
}

/** In a value or in a comment: whoever reads the repository, now or in its history, has it. */
function credentials(source: SourceFile): readonly Diagnostic[] {
  return credentialsIn(source.text)
    .slice(0, MAX_FAULTS)
    .map(({ what, start, end }) =>
      error(
        source,
        'credential-in-file',
        `${what} stands in the file, for everybody who reads this repository`,
        start,
        end,
        'take it out and change it, since the history keeps it; Secrets hold credentials, and `spec.secrets` says who fills them',
      ),
    );
}

function characters(source: SourceFile): Diagnostic | undefined {
  const { text } = source;
  if (text.startsWith('\ufeff')) {
    return error(
      source,
      'byte-order-mark',
      'the file starts with a byte order mark',
      0,
      1,
      'save it as UTF-8 without a byte order mark',
    );
  }
  const carriage = text.indexOf('\r');
  if (carriage >= 0) {
    const says = text[carriage + 1] === '\n' ? 'the line ends in CRLF' : 'a carriage return stands here';
    return error(source, 'carriage-return', says, carriage, carriage + 1, 'save the file with LF line ends');
  }
  const control = CONTROL.exec(text);
  if (control)
    return error(
      source,
      'control-character',
      'a control character stands here',
      control.index,
      control.index + 1,
      'remove it',
    );
  const conflict = /^(<{7}|={7}|>{7})(?: .*)?$/m.exec(text);
  if (conflict)
    return error(
      source,
      'merge-conflict',
      'a merge conflict is not resolved here',
      conflict.index,
      conflict.index + 7,
      'keep one side, and remove these lines',
    );
  return undefined;
}

function words(source: SourceFile): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  let count = 0;
  let flow = 0;
  let line = 0;
  let marks = 0;
  for (const { type, start, end } of lex(source.text)) {
    count += 1;
    if (count > MAX_TOKENS)
      return [
        error(
          source,
          'file-too-large',
          'the file says more than any cluster needs',
          start,
          start + 1,
          'describe the cluster, nothing else',
        ),
      ];
    if (type === 'newline') {
      line = end;
      marks = 0;
    }
    if (OPEN.has(type)) flow += 1;
    if (CLOSE.has(type)) flow = Math.max(0, flow - 1);
    if (flow === 0 && MARK.has(type)) marks += 1;
    // Within a line, levels of a block are counted by their marks; the first thing on it tells those above by its column.
    const indent = type === 'space' && start === line ? end - start : 0;
    if (flow > MAX_DEPTH || marks > MAX_DEPTH || (flow === 0 && indent > MAX_COLUMN)) {
      const at = indent > 0 ? end : start;
      return [
        error(
          source,
          'too-deep',
          `values are nested deeper than ${String(MAX_DEPTH)} levels`,
          at,
          at + 1,
          'a cluster file needs about five',
        ),
      ];
    }
    const needless = NEEDLESS.get(type);
    // One of a line is enough: they come in swarms.
    if (needless === undefined || (faults.at(-1)?.span?.start ?? -1) >= line) continue;
    faults.push(
      error(source, needless.id, `${needless.says} is not allowed in a cluster file`, start, end, needless.help),
    );
    if (faults.length === MAX_FAULTS) return faults;
  }
  return faults;
}

const MARK: ReadonlySet<string> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);
const NEEDLESS: ReadonlyMap<string, { readonly id: string; readonly says: string; readonly help: string }> = new Map([
  ['anchor', { id: 'anchor', says: 'an anchor', help: 'write the value out at each place' }],
  ['alias', { id: 'alias', says: 'an alias', help: 'write the value out at each place' }],
  ['tag', { id: 'tag', says: 'a tag', help: 'write the value without it' }],
  ['directive-line', { id: 'directive', says: 'a YAML directive', help: 'remove the line' }],
]);
