/** An element of SVG; text is escaped. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Element[] | string;
}

export function element(name: string, attributes: Element['attributes'], children?: Element['children']): Element {
  return { name, attributes, ...(children !== undefined && { children }) };
}

/** Text that starts, or ends, at a place. */
export function label(x: number, y: number, content: string, attributes: Element['attributes'] = {}): Element {
  return element('text', { x, y, ...attributes }, content);
}

/** One line for each element, so that a change of a picture can be read. */
export function print({ name, attributes, children }: Element): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const head = `<${name}${written.join('')}`;
  if (children === undefined) return `${head}/>`;
  if (typeof children === 'string') return `${head}>${escaped(children)}</${name}>`;
  return `${head}>\n${children.map(print).join('\n')}\n</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** At most so many characters: pictures do not break lines. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;
}
