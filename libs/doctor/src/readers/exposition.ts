import type { Sample } from '../facts.ts';

/** `name{label="value"} 1`; a name of a histogram's part is a name as well. */
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? (\S+)(?: -?\d+)?(?: #.*)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Samples of some series out of what `/metrics` answers; undefined where that is no exposition at all. */
export function readExposition(text: string, names: ReadonlySet<string>): readonly Sample[] | undefined {
  if (!/^(?:# (?:HELP|TYPE) |[a-zA-Z_:][\w:]*(?:\{.*\})? \S+$)/m.test(text.slice(0, 100_000))) return undefined;
  return text.split('\n').flatMap((line): readonly Sample[] => {
    if (line.startsWith('#') || !names.has(/^[\w:]*/.exec(line)?.[0] ?? '')) return [];
    const [, name, labels = '', value = ''] = LINE.exec(line.trimEnd()) ?? [];
    const number = Number(value);
    if (name === undefined || Number.isNaN(number)) return [];
    return [{ name, labels: labelsIn(labels), value: number }];
  });
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(LABEL)].map(([, name = '', value = '']) => [name, value.replaceAll(/\\(.)/g, unescaped)]),
  );
}

function unescaped(_: string, character: string): string {
  return character === 'n' ? '\n' : character;
}
