const simple: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34 };
const escape = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g;

/**
 * What a string literal means. As in Go, `\x` and octal escapes are bytes of UTF-8, and a raw string loses
 * its carriage returns. The literal is a sound one.
 */
export function stringValue(raw: string): string {
  const inner = raw.slice(1, -1);
  if (raw.startsWith('`')) return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner;
  const encoder = new TextEncoder();
  const bytes: Uint8Array[] = [];
  let last = 0;
  for (const found of inner.matchAll(escape)) {
    const [text, letter, octal, hex, short, long] = found;
    bytes.push(encoder.encode(inner.slice(last, found.index)));
    last = found.index + text.length;
    const byte = octal === undefined ? hex && Number.parseInt(hex, 16) : Number.parseInt(octal, 8);
    if (typeof byte === 'number') bytes.push(Uint8Array.of(byte));
    else
      bytes.push(encoder.encode(String.fromCodePoint(letter === undefined ? codePoint(short ?? long) : code(letter))));
  }
  bytes.push(encoder.encode(inner.slice(last)));
  const whole = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole);
}

function code(letter: string): number {
  return simple[letter] ?? 0;
}

function codePoint(digits = '0'): number {
  const point = Number.parseInt(digits, 16);
  return point <= 0x10ffff ? point : 0xfffd;
}

/** What a number literal means: a leading zero makes a whole number octal, as in Go. */
export function numberValue(raw: string): number {
  return /^0[0-7]+$/.test(raw) ? Number.parseInt(raw, 8) : Number(raw);
}
