interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** True where an address lies in a range, `10.0.0.0/8` or `fd00::/8`. What cannot be read lies nowhere. */
export function inRange(cidr: string, address: string): boolean {
  const slash = cidr.lastIndexOf('/');
  const prefix = /^\d{1,3}$/.test(cidr.slice(slash + 1)) ? Number(cidr.slice(slash + 1)) : undefined;
  const network = slash < 0 ? undefined : parseAddress(cidr.slice(0, slash));
  const found = parseAddress(address);
  if (network === undefined || prefix === undefined || found === undefined) return false;
  if (network.bits !== found.bits || prefix > network.bits) return false;
  const shift = BigInt(network.bits - prefix);
  return network.value >> shift === found.value >> shift;
}

export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseSix(text) : parseFour(text);
}

function parseFour(text: string): Address | undefined {
  const parts = text.split('.');
  // A leading zero would be octal to some.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseSix(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => groupsOf(half));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  // `::` stands for at least one group, and without it all must be there.
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
}

function groupsOf(half: string): readonly number[] | undefined {
  if (half === '') return [];
  const parts = half.split(':');
  const last = parts.at(-1) ?? '';
  // The last two groups may be written as four bytes.
  const four = last.includes('.') ? parseFour(last) : undefined;
  if (last.includes('.') && four === undefined) return undefined;
  const words = four === undefined ? parts : parts.slice(0, -1);
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  const bytes = four === undefined ? [] : [Number(four.value >> 16n), Number(four.value & 0xffffn)];
  return [...words.map((word) => Number.parseInt(word, 16)), ...bytes];
}
