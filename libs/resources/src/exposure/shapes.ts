import type { PathMatch } from './door.ts';

/** What a shape may hold: a group, perhaps optional, something open, or a letter of a path. */
const TOKEN = /\(\?:|\)\??|\||\.[+*]|\[[^\]]+\]\+|[\w/.-]/gy;

interface Start {
  readonly text: string;
  /** Anything may follow. */
  readonly open: boolean;
}

/**
 * The paths of a shape (a regular expression of the gateway) as a Gateway or an Ingress knows them:
 * exact ones, and a prefix from the segment on that may be anything. The gateway behind asks for the
 * whole shape, so a prefix opens nothing that it would not.
 *
 * @throws Error for a shape whose paths cannot be said so.
 */
export function pathsOfShape(shape: string): readonly PathMatch[] {
  const [, body] = /^\^(.*)\$$/.exec(shape) ?? [];
  if (body === undefined) throw new Error(`the shape '${shape}' is not of a whole path`);
  const tokens: string[] = body.match(TOKEN) ?? [];
  if (tokens.join('') !== body) throw new Error(`the shape '${shape}' has something that no path can say`);
  const starts = alternatives(tokens);
  const matches = starts.map(({ text, open }): PathMatch => {
    if (!open) return { type: 'Exact', value: text };
    if (!/.\/$/.test(text)) throw new Error(`the shape '${shape}' is open inside of a segment`);
    return { type: 'PathPrefix', value: text.slice(0, -1) };
  });
  return distinct(matches);
}

/** Without what a prefix among them takes anyway. */
export function distinct(matches: readonly PathMatch[]): readonly PathMatch[] {
  const prefixes = matches.filter(({ type }) => type === 'PathPrefix').map(({ value }) => value);
  return matches.filter(
    ({ type, value }, index) =>
      !prefixes.some((prefix) => (type === 'Exact' && value === prefix) || value.startsWith(`${prefix}/`)) &&
      matches.findIndex((other) => other.type === type && other.value === value) === index,
  );
}

/** Reads up to the end of the group, and takes it off. */
function alternatives(tokens: string[]): readonly Start[] {
  let done: readonly Start[] = [];
  let now: readonly Start[] = [{ text: '', open: false }];
  for (let token = tokens.shift(); token !== undefined && !token.startsWith(')'); token = tokens.shift()) {
    if (token === '|') {
      done = [...done, ...now];
      now = [{ text: '', open: false }];
    } else if (token === '(?:') {
      const inner = group(tokens);
      now = now.flatMap((start) =>
        start.open ? [start] : inner.map(({ text, open }) => ({ text: start.text + text, open })),
      );
    } else {
      const open = token.length > 1;
      now = now.map((start) => (start.open ? start : { text: open ? start.text : start.text + token, open }));
    }
  }
  return [...done, ...now];
}

function group(tokens: string[]): readonly Start[] {
  const optional = closing(tokens) === ')?';
  const inner = alternatives(tokens);
  return optional ? [...inner, { text: '', open: false }] : inner;
}

/** The token that ends the group which has just begun. */
function closing(tokens: readonly string[]): string | undefined {
  let depth = 0;
  return tokens.find((token) => {
    if (token === '(?:') depth += 1;
    else if (token.startsWith(')')) depth -= 1;
    return depth < 0;
  });
}
