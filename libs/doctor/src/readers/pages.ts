import type { RingMember } from '../facts.ts';
import { at, isRecord, listAt, textAt } from '../records.ts';

/**
 * Members of a ring, from its page: JSON where the program was asked for it, or the table of the page for people.
 * `none` where the program says that it has no such ring; undefined for what is no such page.
 */
export function readRing(text: string): readonly RingMember[] | 'none' | undefined {
  return text.trimStart().startsWith('{') ? fromJson(text) : fromHtml(text);
}

function fromJson(text: string): readonly RingMember[] | undefined {
  const page = parsed(text);
  if (!Array.isArray(at(page, 'shards'))) return undefined;
  const now = Date.parse(textAt(page, 'now') ?? '');
  return listAt(page, 'shards').flatMap((shard): readonly RingMember[] => {
    const [id, state] = [textAt(shard, 'id'), textAt(shard, 'state')];
    if (id === undefined || state === undefined) return [];
    const age = (now - Date.parse(textAt(shard, 'timestamp') ?? '')) / 1000;
    return [
      {
        id,
        address: textAt(shard, 'address') ?? '',
        state: state.toUpperCase(),
        // Members that send no heartbeats have none since the beginning of time.
        ...(age >= 0 && age < 1e9 && { heartbeatAgeSeconds: age }),
      },
    ];
  });
}

/** The table of the ring library: its first row names the columns. */
function fromHtml(text: string): readonly RingMember[] | 'none' | undefined {
  if (/ring is disabled|shards disabled|doesn't use|not enabled/i.test(text)) return 'none';
  const rows = [...text.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/gi)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/gi)].map(([, cell = '']) => plain(cell)),
  );
  const [head, ...members] = rows;
  const column = (...names: readonly string[]) => (head ?? []).findIndex((name) => names.includes(name.toLowerCase()));
  const [id, state, address] = [column('instance id'), column('state'), column('address')];
  if (id === -1 || state === -1) return undefined;
  return members.flatMap((row): readonly RingMember[] =>
    row[id] === undefined
      ? []
      : [{ id: row[id], address: row[address] ?? '', state: (row[state] ?? '').toUpperCase() }],
  );
}

function plain(cell: string): string {
  return cell
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .trim();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many members gossip knows; `none` where there is no gossip, as in one process that is alone. */
export function readGossip(text: string): number | 'none' | undefined {
  if (text.includes("doesn't use memberlist")) return 'none';
  const page = parsed(text);
  return Array.isArray(at(page, 'SortedMembers')) ? listAt(page, 'SortedMembers').length : undefined;
}

/** The version of a program; empty where it was built without one. */
export function readVersion(text: string): string | undefined {
  const page = parsed(text);
  return textAt(page, 'version') ?? textAt(at(page, 'data'), 'version');
}

/** Services of the process and their states, in the three forms of the three stores. */
export function readServices(text: string): readonly { readonly name: string; readonly state: string }[] | undefined {
  const page = parsed(text);
  if (isRecord(page) && !Array.isArray(page['services'])) return undefined;
  if (isRecord(page))
    return listAt(page, 'services').map((one) => ({
      name: textAt(one, 'name') ?? '',
      state: textAt(one, 'status') ?? '',
    }));
  const lines = text.split('\n');
  const found = lines.flatMap((line) => {
    const match = /^([\w-]+) => (\w+)$/.exec(line.trim()) ?? /^\| ([\w-]+) +\| +(\w+) +\|/.exec(line.trim());
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ name: match[1], state: match[2] }];
  });
  return found.length === 0 ? undefined : found;
}
