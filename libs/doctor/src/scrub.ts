import { masked } from '@lgtm-fleet/diagnostics';

const HIDDEN = '********';
/** What is shorter is a word that a text may well have for another reason. */
const SHORTEST = 6;

/**
 * `password: …`, `"token":"…"`, `secret_access_key=…`: whatever stands behind such a word, unless it is a variable's
 * name, a file, or nothing. The word may be the end of a longer one.
 */
const NAMED =
  /((?:password|passwd|passphrase|secret(?:[_-]?(?:access[_-]?)?key)?|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|credentials?|authorization)\\?["']?\s*[:=]\s*\\?["']?)([^\s"'\\,;{}<>$][^\s"'\\,;}<>]*)/gi;
/** What is no secret behind such a word. */
const HARMLESS = /^(?:true|false|null|none|\d{1,4}|\/[\w./-]*|\[.*|\$.*|\*+)$/i;

/** A text without any of these values, in whatever spelling, and without what has the shape of a credential. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  const spelt = [...new Set(secrets.flatMap(spellings))]
    .filter(({ length }) => length >= SHORTEST)
    .toSorted((left, right) => right.length - left.length);
  const without = spelt.reduce((sum, secret) => sum.replaceAll(secret, HIDDEN), text);
  return masked(without).replaceAll(NAMED, (all, before: string, value: string) =>
    HARMLESS.test(value) ? all : before + HIDDEN,
  );
}

/** As it is, line by line, in base64, in an address, and within JSON. */
function spellings(secret: string): readonly string[] {
  const lines = secret.split('\n').map((line) => line.trim());
  return [secret, ...lines].flatMap((one) => [
    one,
    btoa(String.fromCharCode(...new TextEncoder().encode(one))),
    encodeURIComponent(one),
    JSON.stringify(one).slice(1, -1),
  ]);
}
