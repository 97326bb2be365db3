import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isProblem } from '../workspace/problem.ts';
import type { Measured } from './measured.ts';

/**
 * One process of `bench`: commands, timed apart from the start of Node and of our modules.
 * Arguments: what to measure (`generate` or `lint`), and the checkout.
 */
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/lgtm-fleet/compiled'));
const [, , what, root = ''] = process.argv;
const { generateOverlay } = await import('../commands/generate-overlay.ts');
// `generate-overlay` loads these when it needs them; here they belong to the start.
await Promise.all([import('../workspace/tree.ts'), import('@lgtm-fleet/render/dependencies')]);
// Each opens when it is first asked for, and `main.ts` asks before any command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    throw error;
  });
}
const second = what === 'lint' ? await linter() : await renderer();

const startSeconds = performance.now() / 1000;
const generateSeconds = await seconds(() => generateOverlay({ root }));
const secondSeconds = await seconds(second.run);
const measured: Measured = {
  startSeconds,
  generateSeconds,
  secondSeconds,
  ...second.count(),
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);

interface Second {
  readonly run: () => Promise<unknown>;
  readonly count: () => Pick<Measured, 'resources' | 'lintSeconds'>;
}

async function renderer(): Promise<Second> {
  const { renderOverlays } = await import('../commands/render.ts');
  return {
    run: () => renderOverlays({ root, output: join(root, 'rendered') }),
    count: () => ({ resources: 0, lintSeconds: 0 }),
  };
}

/** What `nx run tools:lint` does, with the time of its own part: everything behind Kustomize. */
async function linter(): Promise<Second> {
  const { lintWorkspace } = await import('../workspace/lint-workspace.ts');
  let resources = 0;
  let lintSeconds = 0;
  const run = async (): Promise<unknown> => {
    const linted = await lintWorkspace({ root });
    if (typeof linted === 'number' || isProblem(linted)) return linted;
    resources = linted.resources;
    lintSeconds = linted.seconds;
    // Findings cost time too: what there is in the example is measured with it.
    return 0;
  };
  return { run, count: () => ({ resources, lintSeconds }) };
}

async function seconds(command: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const result = await command();
  if (result !== 0) throw new Error(`a measured command ended with ${JSON.stringify(result).slice(0, 2000)}`);
  return (performance.now() - start) / 1000;
}
