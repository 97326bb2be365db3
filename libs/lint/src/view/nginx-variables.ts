import type { NginxDirective } from './nginx.ts';
import { directivesOf } from './nginx.ts';

/** What of a request the client chooses freely, but for who it has shown to be. */
const FREE = /^(?:http_(?!authorization$)|arg_|cookie_|args$|query_string$)/;

/** True where a text can hold what a client says of itself, be it through other variables. */
export function isClientsOwn(file: readonly NginxDirective[], text: string): boolean {
  const all = directivesOf(file).map(({ directive }) => directive);
  const seen = new Set<string>();
  const open = variablesIn(text);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (FREE.test(name)) return true;
    open.push(...sourcesOf(all, name));
  }
  return false;
}

/** Variables whose texts become part of this one's: what it is set to, and what a `map` makes of its source. */
function sourcesOf(all: readonly NginxDirective[], name: string): readonly string[] {
  return all.flatMap(({ name: kind, args, body = [] }) => {
    const [first, second] = args.map(({ text }) => text);
    if (kind === 'set' && first === `$${name}`) return variablesIn(second ?? '');
    if (kind !== 'map') return [];
    // A part of the source that an expression has taken out and named.
    if (body.some((row) => row.name.includes(`(?<${name}>`))) return variablesIn(first ?? '');
    return second === `$${name}` ? body.flatMap((row) => variablesIn(row.args[0]?.text ?? '')) : [];
  });
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
}
