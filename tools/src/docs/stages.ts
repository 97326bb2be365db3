/** Staged plans of a page: a cluster file under `##`, and under each `###` what one pull request changes. */

export interface Stage {
  readonly name: string;
  /** Without its fenced blocks. */
  readonly prose: string;
  /** The text of the pull request; empty where it needs none. */
  readonly text: string;
  /** `2026-01-31`. */
  readonly merged: string;
  readonly edits: readonly { readonly path: string; readonly lines: readonly string[] }[];
  /** Files that come with it, whole. */
  readonly files: readonly (readonly [path: string, text: string])[];
}

export interface Plan {
  readonly name: string;
  readonly path: string;
  readonly start: string;
  /** Those that change files. */
  readonly stages: readonly Stage[];
}

/** When everything is merged that names no day. */
const USUALLY = '2026-12-01';

interface Block {
  readonly info: string;
  readonly text: string;
}

export function plansOf(page: string): readonly Plan[] {
  return sections(page, '## ').flatMap(({ title, body }) => {
    const start = blocksOf(body).find(({ info }) => /^yaml clusters\/[^/]+\/cluster\.yaml$/.test(info));
    if (start === undefined) return [];
    const stages = sections(body, '### ').map(stageOf);
    return [
      {
        name: title,
        path: pathOf(start),
        start: start.text,
        stages: stages.filter(({ edits, files }) => edits.length + files.length > 0),
      },
    ];
  });
}

/**
 * Files after a stage. An edit is a diff without numbers: its lines without their first sign are looked for, those with
 * `+` left out, and what is found becomes its lines without those with `-`.
 *
 * @throws Error where they are not there exactly once
 */
export function appliedTo(files: ReadonlyMap<string, string>, stage: Stage): ReadonlyMap<string, string> {
  const after = new Map([...files, ...stage.files]);
  for (const { path, lines } of stage.edits) {
    const text = after.get(path) ?? '';
    const side = (sign: string): string =>
      lines
        .filter((line) => line.startsWith(' ') || line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const [before = '', rest, ...more] = text.split(side('-'));
    if (rest === undefined || more.length > 0) throw new Error(`${stage.name}: its lines are not once in\n${text}`);
    after.set(path, `${before}${side('+')}${rest}`);
  }
  return after;
}

function stageOf({ title, body }: { readonly title: string; readonly body: string }): Stage {
  const blocks = blocksOf(body);
  const prose = body.replaceAll(BLOCK, '');
  const of = (pattern: RegExp): readonly Block[] => blocks.filter(({ info }) => pattern.test(info));
  return {
    name: title,
    prose,
    text: of(/^text pull request$/)
      .map(({ text }) => text)
      .join(''),
    merged: /\b[Mm]erged? on (\d{4}-\d{2}-\d{2})\b/.exec(prose)?.[1] ?? USUALLY,
    edits: of(/^diff clusters\//).map((block) => ({ path: pathOf(block), lines: block.text.trimEnd().split('\n') })),
    files: of(/^yaml clusters\/[^/]+\/patches\//).map((block) => [pathOf(block), block.text] as const),
  };
}

const BLOCK = /^```(.*)\n([^]*?)^```$/gm;

const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(BLOCK)].map(([, info = '', block = '']) => ({ info: info.trim(), text: block }));

const pathOf = ({ info }: Block): string => info.split(' ')[1] ?? '';

function sections(text: string, mark: string): readonly { readonly title: string; readonly body: string }[] {
  return `\n${text}`
    .split(`\n${mark}`)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return { title: section.slice(0, end), body: section.slice(end + 1) };
    });
}
