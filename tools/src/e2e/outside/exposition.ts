import type { Labels } from '../front-door.ts';

/** A sample as a page of metrics shows it; its value is another at the next scrape, so it is left out. */
export interface Exposed {
  readonly name: string;
  readonly labels: Labels;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?[ \t]+\S+(?:[ \t]+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;
const ESCAPED: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/**
 * The samples of a page in Prometheus' text format.
 * @throws Error with a line that is none
 */
export function samplesOf(page: string): readonly Exposed[] {
  return page.split('\n').flatMap((line): readonly Exposed[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, name, labels = ''] = SAMPLE.exec(line.trim()) ?? [];
    if (name === undefined) throw new Error(`this is no sample: ${line.slice(0, 200)}`);
    return [{ name, labels: labelsOf(labels) }];
  });
}

function labelsOf(text: string): Labels {
  const found = [...text.matchAll(LABEL)];
  if (found.reduce((sum, [whole]) => sum + whole.length, 0) !== text.length)
    throw new Error(`these are no labels: {${text.slice(0, 200)}}`);
  return Object.fromEntries(
    found.map(([, label = '', value = '']) => [label, value.replaceAll(/\\[n"\\]/g, (pair) => ESCAPED[pair] ?? pair)]),
  );
}
