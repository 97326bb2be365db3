import { fencesIn, read, type Fence } from './pages.ts';

/** What stands below one heading, up to the next one of any level. */
export interface Section {
  readonly heading: string;
  readonly text: string;
  readonly fences: readonly Fence[];
}

/** The sections of a page, in its order; what is fenced has no headings. */
export function sectionsOf(page: string): readonly Section[] {
  const sections: { heading: string; lines: string[] }[] = [];
  let fenced = false;
  for (const line of read(page).split('\n')) {
    if (line.startsWith('```')) fenced = !fenced;
    const heading = fenced ? undefined : /^#+ (.+)$/.exec(line)?.[1];
    if (heading === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ heading, lines: [] });
  }
  return sections.map(({ heading, lines }) => {
    const text = lines.join('\n');
    return { heading, text, fences: fencesIn(text) };
  });
}

/** Rows of the tables of a text, by their cells, without the heads. */
export function rowsIn(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function isRule(line: string): boolean {
  return /^\|(?: *:?-+:? *\|)+$/.test(line);
}

/** What stands between backticks. */
export function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
