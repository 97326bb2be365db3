import { masked } from '@lgtm-fleet/diagnostics';
import { HIDDEN, withoutNamedValues } from './named-values.ts';

/** What is shorter is a word that a text may well have for another reason. */
const SHORTEST = 6;

/** A text without any of these values, in whatever spelling, and without what has the shape of a credential. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  const spelt = [...new Set(secrets.flatMap(spellings))]
    .filter(({ length }) => length >= SHORTEST)
    .toSorted((left, right) => right.length - left.length);
  const without = spelt.reduce((sum, secret) => sum.replaceAll(secret, HIDDEN), text);
  return withoutNamedValues(masked(without));
}

/** As it is, line by line, in base64, in an address, and within JSON. */
function spellings(secret: string): readonly string[] {
  const whole = secret.toWellFormed();
  const lines = whole.split('\n').map((line) => line.trim());
  return [whole, ...lines].flatMap((one) => [
    one,
    base64(one),
    encodeURIComponent(one),
    JSON.stringify(one).slice(1, -1),
  ]);
}

/** A Secret may be of a megabyte, and a call takes no such number of arguments. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
