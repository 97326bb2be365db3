import type { Span } from '@lgtm-fleet/diagnostics';
import { matchEnd } from '../core/token.ts';

/** Turns a place in the value of a scalar into a place in the file. */
export type PlaceInFile = (place: Span) => Span;

const ESCAPES = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^])/y;
/** What shows as a space or not at all in a text in double quotes. */
const BLANKS = /(?:\s|\\(?:\r?\n|[nrt \t]|x(?:09|0[aAdD]|20)|u00(?:09|0[aAdD]|20)))+/y;
const SPACES = /\s+/y;

/**
 * How the value of a scalar of YAML or JSON lies in its source, character by character: quotes and escapes are stepped
 * over. Blanks are not counted, for folding and indentation change only them; all of a gap stand where it begins.
 * `source` is the scalar as it is written, from `start` on.
 */
export function scalarPlaces(source: string, value: string, start: number): PlaceInFile {
  const places = align(source, value);
  return ({ start: from, end: to }) => {
    const first = places[Math.min(from, value.length)] ?? 0;
    const last = to > from ? (places[Math.min(to, value.length) - 1] ?? first) + 1 : first;
    return { start: start + first, end: start + Math.max(first, last) };
  };
}

function align(source: string, value: string): readonly number[] {
  const quote = source[0] === '"' || source[0] === "'" ? source[0] : '';
  const block = source[0] === '|' || source[0] === '>';
  const blanks = quote === '"' ? BLANKS : SPACES;
  const places: number[] = [];
  let at = quote === '' ? (block ? source.indexOf('\n') + 1 : 0) : 1;
  for (const sign of units(value)) {
    if (/\s/.test(sign)) {
      places.push(at);
      continue;
    }
    at = matchEnd(blanks, source, at) ?? at;
    places.push(Math.min(at, source.length));
    if (quote === '"' && source[at] === '\\') at = matchEnd(ESCAPES, source, at) ?? at + 1;
    else at += quote === "'" && sign === "'" ? 2 : 1;
  }
  places.push(Math.min(at, source.length));
  return places;
}

function units(text: string): readonly string[] {
  return Array.from({ length: text.length }, (_, index) => text.charAt(index));
}
