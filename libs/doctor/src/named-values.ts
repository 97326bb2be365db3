import { flagged, quoted, unquoted, type Line, type Value } from './value-ends.ts';

export const HIDDEN = '********';

/** Words behind which a secret stands; each may be the end of a longer one. */
const NAME =
  /password|passwd|passphrase|secret(?:[_-]?(?:access[_-]?)?key)?|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|(?:account|private|routing|service|integration|encryption|signing|shared)[_-]?key|credentials?|authorization|grafana_session/gi;
/** What parts a name from its value, with the quote that ends the name. */
const SEPARATOR = /(\\*["'`])?\]?[ \t]{0,64}(?:[:=]{1,2}>?)[ \t]{0,64}/y;
/** Where a line, or a text in quotes, begins with the name: what stands there goes on to the end of it. */
const BEGINNING = /(\n|\\+n|\\*["'`])((?:[ \t]|\\t)*[#; -]{0,40})[\w.-]{0,64}$/;
/** No reference and no setting is longer. */
const LONGEST = 1024;
const SCHEME = /^[A-Za-z][\w-]{0,31} {1,8}/;

/** A reference to a secret, by which nobody gets it. */
const REFERENCE =
  /^(?:\$\{\w+(?::?\?[^}]{0,64})?\}|\$\(\w+\)|\$__\w+\{[^}]{1,200}\}|\$[A-Z_]{0,64}(?:PASSWORD|TOKEN|SECRET|KEY|KEY_ID|CREDENTIALS?)|\$(?:remote_user|bearer|http_authorization)|<[\w -]{1,64}>|%[sqv]|\*+|\/(?:etc|var|run|tmp|home|mnt|opt|usr|srv|data|secrets)\/[\w./-]*|local\.file\.\w+\.content|remote\.\w[\w.]*|(?:sys\.)?env\([^()]{1,200}\))$/;
/** Settings that only sound like secrets: also what Alloy routes by, and the `?` of a variable that has to be there. */
const SETTING = /^(?:|true|false|null|none|\d{1,4}|\?|traceID|service|resource|metric|streamID)$/i;
/** The bare scheme of a header, whose credential is put behind it elsewhere. */
const BARE = /^(?:bearer|basic|token|digest|apikey|geniekey) ?$/i;
/** An object, a list or a template: what is in it has names of its own. */
const STRUCTURE = /(?:\{(?=[\s"'\\{}]|$|[\w.-]{1,64}[ \t]*[:=])|\[(?=[\s"'\\[\]{]|$))/y;

/**
 * `password: …`, `"token":"…"`, `secret_access_key=…`, `--password …`: a text without what stands behind such a name,
 * unless it is a reference, a setting, or nothing. Every part of the text is looked at a bounded number of times.
 */
export function withoutNamedValues(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(NAME)) {
    if (match.index < end) continue;
    const value = valueAt(text, match.index, match[0]);
    if (value === undefined) continue;
    parts.push(text.slice(end, value.start), HIDDEN);
    end = value.end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(end);
}

/** What is to be hidden behind the name that stands here. */
function valueAt(text: string, index: number, name: string): Value | undefined {
  const after = index + name.length;
  SEPARATOR.lastIndex = after;
  const separator = SEPARATOR.exec(text);
  const value = separator === null ? flagged(text, index, after) : behind(text, index, separator, name);
  if (value === undefined || value.end <= value.start) return undefined;
  return harmless(text.slice(value.start, value.end), /authorization/i.test(name)) ? undefined : value;
}

function behind(text: string, index: number, separator: RegExpExecArray, name: string): Value | undefined {
  const start = SEPARATOR.lastIndex;
  STRUCTURE.lastIndex = start;
  if (STRUCTURE.test(text)) return undefined;
  const isHeader = /authorization/i.test(name);
  const isTight = !/\s$/.test(separator[0]);
  const inQuotes = quoted(text, start);
  if (inQuotes !== undefined) return inQuotes;
  // A list of names: `credentials: [payments, platform]`.
  if (text[start] === '[' && !isTight && /^credentials?$/i.test(name)) return undefined;
  return unquoted(text, start, {
    line: separator[1] === undefined ? lineOf(text, index) : undefined,
    isHeader,
    isPair: isTight && separator[0].includes('='),
  });
}

/** The line that begins with the name, if one does. */
function lineOf(text: string, index: number): Line | undefined {
  const before = index < 160 ? `\n${text.slice(0, index)}` : text.slice(index - 160, index);
  const found = BEGINNING.exec(before);
  if (found === null) return undefined;
  return { opener: found[1] ?? '', indent: (found[2] ?? '').replaceAll('\\t', '\t').length };
}

function harmless(value: string, isHeader: boolean): boolean {
  if (value.length > LONGEST) return false;
  const bare = value.replace(/[ \t]{1,64}[#;].{0,1024}$/, '').trimEnd();
  // Whatever follows a reference is another thing: `password: ${PASSWORD}, user: main`.
  const first = value.startsWith('$') ? [value.replace(/[,;]?[ \t].{0,1024}$/, '')] : [];
  const headers = isHeader ? [value, bare].map((one) => one.replace(SCHEME, '')) : [];
  return [value, bare, ...first, ...headers].some(
    (one) => REFERENCE.test(one) || SETTING.test(one) || (isHeader && BARE.test(one)),
  );
}
