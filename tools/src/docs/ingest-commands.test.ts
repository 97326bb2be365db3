import { afterAll, beforeAll, expect, test } from 'vitest';
import { examplesIn, filesOf, HUB, PAGE, type Example } from './ingest-examples.ts';
import { fencesIn } from './pages.ts';
import { sectionsOf } from './sections.ts';
import { found, object, startWalk, type Walk } from './walk.ts';

/** The commands of part 4, in their order: by a reader who has followed part 2, and has the examples so far in his file. */

let walk: Walk | undefined;
beforeAll(async () => {
  const nodes = ['node-2', 'node-3'].map((name) => ({ ...found('', '').objects[0]!, metadata: { name } }));
  walk = await startWalk({
    harbour: found(
      'v1.36.2',
      'standard',
      ...nodes,
      object('gateway.networking.k8s.io/v1', 'Gateway', 'public', { metadata: { namespace: 'gateways' } }),
    ),
  });
  // As in part 2; the values are in files beside the checkout.
  for (const line of [
    'git clone --origin=upstream https://github.com/lgtm-fleet/lgtm-fleet.git fleet',
    'cd fleet',
    'git remote add origin https://github.com/you/fleet.git',
    'npm pkg set repository.url=https://github.com/you/fleet.git',
    'git push --set-upstream origin main',
  ])
    expect(await walk.run(line), line).toMatchObject({ exitCode: 0 });
  walk.write('../password.txt', 'one long password');
  walk.write('../ca.crt', 'a certificate');
}, 60_000);
afterAll(async () => {
  await walk?.close();
});

interface Act {
  readonly line: string;
  /** What the page says the command prints, where something is in the way. */
  readonly said?: string;
  readonly examples: readonly Example[];
}

const sections = sectionsOf(PAGE);
const acts = sections.flatMap(({ text }, index): readonly Act[] => {
  const examples = sections
    .slice(0, index + 1)
    .flatMap(examplesIn)
    .filter(({ path, fault }) => path.startsWith(HUB) && fault === undefined);
  const fences = fencesIn(text);
  return fences.flatMap((fence, at) => {
    const next = fences[at + 1];
    const said = next?.language === 'text' && next.path === '' ? next.text.trim() : undefined;
    return fence.language !== 'sh'
      ? []
      : fence.text
          .trim()
          .split('\n')
          .map((line): Act => ({ line, examples, ...(said !== undefined && { said }) }));
  });
});

test.each(acts)('$line', { timeout: 120_000 }, async ({ line, said, examples }) => {
  for (const [path, text] of filesOf(examples)) walk!.write(path, text);
  const ended = await walk!.run(line);
  expect(ended, line).toMatchObject({ exitCode: said === undefined ? 0 : 1 });
  if (said !== undefined) expect(ended?.stderr).toContain(said);
});

test('there are some, and at the end the cluster has the Secret of the first source', () => {
  expect(acts.length).toBeGreaterThanOrEqual(5);
  const objects = walk?.cluster('harbour')?.objects() ?? [];
  const secret = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'hypervisors');
  expect(secret?.metadata.namespace).toBe('monitoring');
  const values = Object.entries((secret as unknown as { data: Record<string, string> }).data);
  expect(values.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]).toSorted()).toEqual([
    ['ca.crt', 'a certificate'],
    ['password', 'one long password'],
  ]);
});
