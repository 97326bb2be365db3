import { classEnd, escapeAt } from './regex-class.ts';

/**
 * What a regular expression of RE2 says. `matchesEmpty` is about the whole empty text, as Prometheus and Loki anchor
 * their matchers.
 */
export type Regex =
  | { readonly ok: true; readonly matchesEmpty: boolean; readonly groups: readonly string[] }
  | { readonly ok: false; readonly problem: string };

interface State {
  readonly text: string;
  at: number;
  depth: number;
  readonly groups: string[];
}

const MAX_REPEAT = 1000;
const MAX_DEPTH = 200;
const REPEAT = /\{(\d+)(?:(,)(\d*))?\}/y;
const GROUP = /\(\?P?<([^>]*)>/y;
const FLAGS = /\(\?([imsU]*)(?:-([imsU]+))?([:)])/y;

/**
 * Reads the syntax of RE2 (Go's `regexp/syntax`) by itself and never runs the expression, so no text can make it slow.
 * Two limits of Go are left out: the size of the compiled program, and the height of its tree (here 200 brackets).
 */
export function readRegex(text: string): Regex {
  const state: State = { text, at: 0, depth: 0, groups: [] };
  const read = alternatives(state);
  if (typeof read === 'string') return { ok: false, problem: read };
  if (state.at < text.length) return { ok: false, problem: 'a `)` closes nothing' };
  return { ok: true, matchesEmpty: read.empty, groups: state.groups };
}

/** Whether it matches the empty text, and how often what it repeats may be repeated in all. */
interface Part {
  readonly empty: boolean;
  readonly repeats: number;
}

function alternatives(state: State): Part | string {
  state.depth += 1;
  if (state.depth > MAX_DEPTH) return 'its brackets nest too deep';
  let empty = false;
  let repeats = 1;
  do {
    const part = sequence(state);
    if (typeof part === 'string') return part;
    empty ||= part.empty;
    repeats = Math.max(repeats, part.repeats);
  } while (state.text[state.at] === '|' && (state.at += 1) > 0);
  state.depth -= 1;
  return { empty, repeats };
}

function sequence(state: State): Part | string {
  let empty = true;
  let repeats = 1;
  while (state.at < state.text.length && !/[|)]/.test(state.text[state.at] ?? '')) {
    const part = repeated(state);
    if (typeof part === 'string') return part;
    empty &&= part.empty;
    repeats = Math.max(repeats, part.repeats);
  }
  return { empty, repeats };
}

function repeated(state: State): Part | string {
  if (repeatAt(state) !== undefined) return `\`${state.text[state.at] ?? ''}\` repeats nothing`;
  const part = atom(state);
  if (typeof part === 'string') return part;
  const repeat = repeatAt(state);
  if (repeat === undefined) return part;
  state.at = repeat.end;
  if (state.text[state.at] === '?') state.at += 1;
  const { least, most } = repeat;
  if (most < least || least > MAX_REPEAT || (Number.isFinite(most) && most > MAX_REPEAT))
    return `\`${repeat.text}\` is no count of repeats`;
  const repeats = part.repeats * (repeat.counted ? Math.max(least, Number.isFinite(most) ? most : 0, 1) : 1);
  if (repeats > MAX_REPEAT) return `\`${repeat.text}\` makes more than ${MAX_REPEAT} repeats of what repeats already`;
  if (repeatAt(state) !== undefined) return 'a repeat is repeated';
  return { empty: part.empty || least === 0, repeats };
}

interface Repeat {
  readonly text: string;
  readonly end: number;
  readonly least: number;
  readonly most: number;
  readonly counted: boolean;
}

/** `*`, `+`, `?` or `{2,3}` here; a brace that counts nothing stands for itself. */
function repeatAt({ text, at }: State): Repeat | undefined {
  const sign = text[at] ?? '';
  const infinite = Number.POSITIVE_INFINITY;
  if (sign === '*' || sign === '+')
    return { text: sign, end: at + 1, least: sign === '*' ? 0 : 1, most: infinite, counted: false };
  if (sign === '?') return { text: sign, end: at + 1, least: 0, most: 1, counted: false };
  REPEAT.lastIndex = at;
  const match = REPEAT.exec(text);
  if (!match) return undefined;
  const least = Number(match[1]);
  const most = match[2] === undefined ? least : match[3] === '' ? infinite : Number(match[3]);
  return { text: match[0], end: REPEAT.lastIndex, least, most, counted: true };
}

function atom(state: State): Part | string {
  const sign = state.text[state.at] ?? '';
  if (sign === '(') return group(state);
  if (sign === '[') {
    const end = classEnd(state.text, state.at);
    if (typeof end === 'string') return end;
    state.at = end;
    return { empty: false, repeats: 1 };
  }
  if (sign === '\\') {
    const escape = escapeAt(state.text, state.at);
    if (typeof escape === 'string') return escape;
    state.at = escape.end;
    return { empty: escape.empty, repeats: 1 };
  }
  state.at += (state.text.codePointAt(state.at) ?? 0) > 0xffff ? 2 : 1;
  return { empty: sign === '^' || sign === '$', repeats: 1 };
}

function group(state: State): Part | string {
  const { text } = state;
  if (text.startsWith('(?', state.at)) {
    FLAGS.lastIndex = state.at;
    GROUP.lastIndex = state.at;
    const flags = FLAGS.exec(text);
    const named = GROUP.exec(text);
    if (named !== null) {
      const name = named[1] ?? '';
      if (!/^\w+$/.test(name)) return `\`${name}\` names no group`;
      state.groups.push(name);
      state.at = GROUP.lastIndex;
    } else if (flags !== null) {
      if (flags[3] === ')' && flags[1] === '' && flags[2] === undefined) return '`(?)` says nothing';
      state.at = FLAGS.lastIndex;
      if (flags[3] === ')') return { empty: true, repeats: 1 };
    } else return `\`${text.slice(state.at, state.at + 4)}\` is not of RE2, which neither looks around nor back`;
  } else state.at += 1;
  const part = alternatives(state);
  if (typeof part === 'string') return part;
  if (text[state.at] !== ')') return 'a `(` is never closed';
  state.at += 1;
  return part;
}
