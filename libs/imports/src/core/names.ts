const LONGEST = 63;

/** Turns names into DNS labels, no two alike. */
export function namer(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const plain = dnsLabel(wanted);
    let name = plain;
    for (let count = 2; taken.has(name); count += 1) {
      const suffix = `-${count}`;
      name = `${plain.slice(0, LONGEST - suffix.length).replace(/-+$/, '')}${suffix}`;
    }
    taken.add(name);
    return name;
  };
}

/** The nearest DNS label to a text; `source` where nothing is left of it. */
export function dnsLabel(text: string, longest = LONGEST): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest + 1)
    .replace(/^-+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  return label === '' ? 'source' : label;
}

/** The Secret of a source: its name says whose it is, and is none that the stack has. */
export function secretName(source: string): string {
  return `source-${dnsLabel(source, LONGEST - 'source-'.length)}`;
}
