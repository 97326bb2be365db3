import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** What `bench` measures, as a process: the two commands, timed apart from the start of Node and of our modules. */
export interface OwnTimes {
  /** From the start of the process until everything is loaded. */
  readonly startSeconds: number;
  readonly generateSeconds: number;
  readonly renderSeconds: number;
  /** High-water mark of this process; Kustomize's processes are not in it. */
  readonly peakMiB: number;
}

enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/lgtm-fleet/compiled'));
const { generateOverlay } = await import('../commands/generate-overlay.ts');
const { renderOverlays } = await import('../commands/render.ts');

// `generate-overlay` loads these when it needs them; here they belong to the start.
await Promise.all([import('./tree.ts'), import('@lgtm-fleet/render/dependencies')]);

const root = process.argv[2] ?? '';
const startSeconds = performance.now() / 1000;
const generateSeconds = await seconds(() => generateOverlay({ root }));
const renderSeconds = await seconds(() => renderOverlays({ root, output: join(root, 'rendered') }));
const times: OwnTimes = {
  startSeconds,
  generateSeconds,
  renderSeconds,
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(times)}\n`);

async function seconds(command: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const result = await command();
  if (result !== 0) throw new Error(`a measured command ended with ${JSON.stringify(result)}`);
  return (performance.now() - start) / 1000;
}
