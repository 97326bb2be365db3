import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateOverlay } from '../commands/generate-overlay.ts';
import { nameOf } from './checkout.ts';
import { median, timed } from './processes.ts';

const ROUNDS = 3;

export const diffHead = ['clusters', 'changed in each', 'diff s', 'peak MiB'] as const;

/** `nx run tools:diff` of a checkout where every cluster keeps its metrics for a shorter time, the start of Node included. */
export async function diffRow(root: string, clusters: number): Promise<readonly string[]> {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  await generateOverlay({ root });
  git('init', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--message=before');
  for (let index = 0; index < clusters; index += 1) {
    const file = join(root, 'clusters', nameOf(index), 'cluster.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('metrics: 395d', 'metrics: 90d'));
  }
  await generateOverlay({ root });
  git('add', '--all');
  git('commit', '--message=after');
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let peakMiB = 0;
    const seconds = await timed(async () => {
      peakMiB = await diffInChild(root);
    });
    rounds.push({ seconds, peakMiB });
  }
  return [
    String(clusters),
    'retention.metrics',
    median(rounds, (round) => round.seconds).toFixed(2),
    Math.max(...rounds.map((round) => round.peakMiB)).toFixed(0),
  ];
}

/** Peak memory in MiB. The command itself ends with 1, since what is found is dangerous and nobody approved it. */
function diffInChild(root: string): Promise<number> {
  const main = join(import.meta.dirname, '../main.ts');
  const peak = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`;
  const child = spawn(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(peak)}`,
      main,
      'diff',
      '--base=main~1',
      '--head=main',
      `--root=${root}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const kib = /^peak (\d+)$/m.exec(said)?.[1];
      if (code === 1 && kib !== undefined) resolve(Number(kib) / 1024);
      else reject(new Error(`diff ended with ${String(code)}: ${said.slice(0, 2000)}`));
    });
  });
}
