import type { Plan } from '@lgtm-fleet/plan';
import { runbookFolder } from './address.ts';
import { pageRenderer } from './render.ts';
import { runbooks, runbooksOf, type RunbookName } from './runbooks.ts';

/** Where the page of a situation is kept, for every cluster, from the root of the repository. */
export function pagePath(name: RunbookName): string {
  return `docs/runbooks/${name}.md`;
}

const CONFIRM = /^## Confirm\n\n/m;

/** An alert names what it sees, which need not be where the cause is. */
function hint({ cluster }: Plan): string {
  return `\`npx nx run tools:doctor --cluster=${cluster}\` compares what runs with what is planned, and names the cause with its page. By hand:`;
}

/**
 * The pages of one cluster, by path, each with its header, and an index beside them. A page that a repository has
 * taken out is left out.
 *
 * @throws Error with the page and its line where a page says what cannot be said of this cluster.
 */
export function runbookPages(
  plan: Plan,
  header: readonly string[],
  read: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
  const render = pageRenderer(plan);
  const comment = `<!--\n${header.join('\n')}\n-->\n\n`;
  const found = runbooksOf(plan).flatMap((name) => {
    const source = read(pagePath(name));
    if (source === undefined) return [];
    const page = render(source);
    if (!page.ok) throw new Error(`${pagePath(name)}:${String(page.line)}: ${page.message}`);
    return [{ name, text: comment + page.text.replace(CONFIRM, `$&${hint(plan)}\n\n`) }];
  });
  const folder = runbookFolder(plan);
  const index = [
    `# Runbooks of ${plan.cluster}`,
    'What to do when an alert fires, with the names of this cluster.',
    found.map(({ name }) => `- [${runbooks[name].title}](${name}.md)`).join('\n'),
  ].join('\n\n');
  return new Map([
    ...found.map(({ name, text }) => [`${folder}/${name}.md`, text] as const),
    ...(found.length === 0 ? [] : [[`${folder}/README.md`, `${comment}${index}\n`] as const]),
  ]);
}
