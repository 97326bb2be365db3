const POSIX = /\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/y;
const HEX = /\\x(?:[\da-fA-F]{2}|\{[\da-fA-F]{1,8}\})/y;
const OCTAL = /\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/y;
const UNICODE = /\\[pP](?:\{(\^?)(\w+)\}|([A-Z]))/y;

interface Escape {
  readonly end: number;
  /** It takes no character: `\A`, `\z`, `\B` and the text between `\Q` and `\E` where there is none. */
  readonly empty: boolean;
  /** It stands for many characters, so it begins no range of a class. */
  readonly many: boolean;
}

/** The escape that starts here, outside a class; else what is wrong with it. */
export function escapeAt(text: string, at: number): Escape | string {
  const sign = text[at + 1] ?? '';
  if (sign === '') return 'it ends with a `\\`';
  if (/[AzB]/.test(sign)) return { end: at + 2, empty: true, many: true };
  if (sign === 'b') return { end: at + 2, empty: false, many: true };
  if (sign === 'C') return { end: at + 2, empty: false, many: true };
  if (sign !== 'Q') return characterAt(text, at);
  const end = text.indexOf('\\E', at + 2);
  if (end < 0) return { end: text.length, empty: at + 2 === text.length, many: true };
  return { end: end + 2, empty: end === at + 2, many: true };
}

function characterAt(text: string, at: number): Escape | string {
  const sign = text[at + 1] ?? '';
  if (/[dDsSwW]/.test(sign)) return { end: at + 2, empty: false, many: true };
  if (/[pP]/.test(sign)) return unicodeAt(text, at);
  if (/[afnrtv]/.test(sign)) return { end: at + 2, empty: false, many: false };
  for (const expression of [HEX, OCTAL]) {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match && inRange(match[0])) return { end: expression.lastIndex, empty: false, many: false };
  }
  // Any ASCII sign may be escaped that is neither a letter nor a digit.
  if (/^[!-/:-@[-`{-~ ]$/.test(sign)) return { end: at + 2, empty: false, many: false };
  return `\`\\${sign}\` is no escape of RE2`;
}

function inRange(escape: string): boolean {
  const hexadecimal = /^\\x\{?([\da-fA-F]+)/.exec(escape)?.[1];
  return hexadecimal === undefined || Number.parseInt(hexadecimal, 16) <= 0x10ffff;
}

/** The names of Unicode are those this runtime knows, near enough to those of Go. */
function unicodeAt(text: string, at: number): Escape | string {
  UNICODE.lastIndex = at;
  const match: readonly (string | undefined)[] | null = UNICODE.exec(text);
  const name = match?.[2] ?? match?.[3];
  const end = UNICODE.lastIndex;
  const known = name === 'Any' || (name !== undefined && (isClass(name) || isClass(`Script=${name}`)));
  return known ? { end, empty: false, many: true } : '`\\p` names no class of Unicode';
}

function isClass(name: string): boolean {
  try {
    return new RegExp(`^\\p{${name}}$`, 'u').unicode;
  } catch {
    return false;
  }
}

/** Where the class `[…]` that starts here ends; else what is wrong with it. */
export function classEnd(text: string, start: number): number | string {
  let at = text[start + 1] === '^' ? start + 2 : start + 1;
  for (let first = true; first || text[at] !== ']'; first = false) {
    if (at >= text.length) return 'a `[` is never closed';
    POSIX.lastIndex = at;
    if (text.startsWith('[:', at) && text.includes(':]', at)) {
      if (!POSIX.test(text)) return 'it names no class such as `[:alpha:]`';
      at = POSIX.lastIndex;
      continue;
    }
    // A `-` stands for itself first, last, or after a range.
    const low = single(text, at);
    if (typeof low === 'string') return low;
    const last = text[low.end + 1] === ']' || text[low.end + 1] === undefined;
    if (low.many || text[low.end] !== '-' || last) {
      at = low.end;
      continue;
    }
    const high = single(text, low.end + 1);
    if (typeof high === 'string') return high;
    if (high.many || high.code < low.code) return `\`${text.slice(at, high.end)}\` is no range of characters`;
    at = high.end;
  }
  return at + 1;
}

function single(text: string, at: number): { end: number; many: boolean; code: number } | string {
  if (text[at] !== '\\') {
    const code = text.codePointAt(at) ?? 0;
    return { end: at + (code > 0xffff ? 2 : 1), many: false, code };
  }
  const escape = at + 1 < text.length ? characterAt(text, at) : 'it ends with a `\\`';
  if (typeof escape === 'string') return escape;
  return { end: escape.end, many: escape.many, code: codeOf(text.slice(at, escape.end)) };
}

function codeOf(escape: string): number {
  const hexadecimal = /^\\x\{?([\da-fA-F]+)/.exec(escape)?.[1];
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
  if (/^\\[0-7]/.test(escape)) return Number.parseInt(escape.slice(1), 8);
  const control = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 }[escape[1] ?? ''];
  return control ?? escape.codePointAt(1) ?? 0;
}
