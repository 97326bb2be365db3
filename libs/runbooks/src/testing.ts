import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlans, planOf } from '@lgtm-fleet/plan/testing';
import { runbookPages } from './pages.ts';

/** What tests ask of the pages: every cluster for which one can be rendered, and what a page tells people to type. */

const root = join(import.meta.dirname, '../../..');

export const readFromRoot = (path: string): string | undefined =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;

const s3 = { s3: { region: 'eu-west-1', bucketPrefix: 'acme-test', auth: 'secret' } };

/** The examples, and every combination of modes that a page can meet. */
export const pagePlans: readonly Plan[] = [
  ...examplePlans(),
  planOf({ metrics: { store: 'mimir', mode: 'highly-available' }, objectStorage: s3, selfMonitoring: {} }, 'available'),
  planOf({ metrics: { mode: 'distributed', architecture: 'ingest-storage' }, objectStorage: s3 }, 'ingest-storage'),
  planOf({ logs: { mode: 'distributed' }, traces: { mode: 'distributed' }, objectStorage: s3 }, 'distributed'),
  planOf({ objectStorage: { seaweedfs: { size: '50GB' } }, tls: { issuer: 'inside' } }, 'seaweedfs'),
];

/** The pages of a cluster, by their path. */
export function renderedPages(plan: Plan): ReadonlyMap<string, string> {
  return runbookPages(plan, ['header'], readFromRoot);
}

/** The blocks of a page that are to be pasted into a shell. */
export function shellBlocks(page: string): readonly string[] {
  return [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text = '']) => text);
}

/** Something that a page asks of a program, by a port that kubectl opened. */
export interface PageRequest {
  /** `pod/loki-ingester-zone-a-0`. */
  readonly target: string;
  readonly method: string;
  readonly path: string;
}

export function requestsIn(page: string): readonly PageRequest[] {
  return shellBlocks(page).flatMap((block) => {
    let target = '';
    // Of a loop over pods, the first stands for all.
    const [, first = ''] = /^for pod in (\S+)/m.exec(block) ?? [];
    return block.split('\n').flatMap((line) => {
      target = /port-forward "?([^\s"]+)/.exec(line)?.[1]?.replace('$pod', first.replace(';', '')) ?? target;
      const path = /'?https?:\/\/localhost:\d+([^\s']*)/.exec(line)?.[1];
      const method = /--request ([A-Z]+)/.exec(line)?.[1] ?? 'GET';
      return path === undefined ? [] : [{ target, method, path }];
    });
  });
}
