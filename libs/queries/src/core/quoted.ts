/** A quoted text of Go: its value, or the place in it (from its first quote) that Go does not read. */
export type Quoted =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly start: number; readonly end: number };

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const ESCAPE = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/y;

/**
 * Reads "…", '…' or `…`, quotes included, as `strconv.Unquote` does (and Prometheus for its '…'). The bytes of `\x`
 * and of octal escapes are taken as characters, which is right for ASCII.
 */
export function unquote(text: string): Quoted {
  const quote = text[0];
  const inner = text.slice(1, -1);
  if (quote === '`') return { ok: true, value: inner.replaceAll('\r', '') };
  let value = '';
  for (let at = 0; at < inner.length;) {
    if (inner[at] !== '\\') {
      value += inner[at] ?? '';
      at += 1;
      continue;
    }
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(inner);
    const read = match && readEscape(match, quote);
    if (!match || read === undefined || read === null) return { ok: false, start: at + 1, end: at + 3 };
    value += read;
    at = ESCAPE.lastIndex;
  }
  return { ok: true, value };
}

function readEscape(match: RegExpExecArray, quote: string | undefined): string | undefined {
  const [, simple, byte, short, long, octal] = match;
  if (simple !== undefined) {
    const otherQuote = (simple === "'" || simple === '"') && simple !== quote;
    return otherQuote ? undefined : SIMPLE[simple];
  }
  const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  if (byte !== undefined || octal !== undefined) return code > 255 ? undefined : String.fromCodePoint(code);
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  return code > 0x10ffff || surrogate ? undefined : String.fromCodePoint(code);
}
