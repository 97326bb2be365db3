import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cleanup } from '../cleanup.ts';

/**
 * A page that counts how often it was scraped: its one sample is the number of the scrape, so that all of them came
 * through when all numbers are there. Each path counts for itself.
 */
export interface Counter {
  /** `host:port`. */
  readonly at: string;
  /** Of a path, the last number that was given out as a whole. */
  readonly given: (path: string) => number;
}

export const NUMBER = 'e2e_scrape_number';

export async function countScrapes(address: string, cleanup: Cleanup): Promise<Counter> {
  const given = new Map<string, number>();
  const server = createServer(({ url = '/' }, response) => {
    const number = (given.get(url) ?? 0) + 1;
    response.on('finish', () => given.set(url, number));
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(`# TYPE ${NUMBER} gauge\n${NUMBER} ${number}\n`);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, address, resolve));
  cleanup.add(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { at: `${address}:${port}`, given: (path) => given.get(path) ?? 0 };
}

/** Milliseconds and value, as a query gives them. */
type Value = readonly [number, number];

/**
 * Numbers from one to the last that are not there, though nothing failed in their place: a scrape that was given its
 * number and took too long has none, and `up` is 0 at that time.
 */
export function gapsIn(values: readonly Value[], failures: readonly number[], last: number): readonly number[] {
  const inOrder = values.toSorted(([left], [right]) => left - right);
  const found = new Set(inOrder.map(([, number]) => number));
  const edges: readonly Value[] = [[-Infinity, 0], ...inOrder, [Infinity, last + 1]];
  return edges.slice(1).flatMap(([atMs, number], index) => {
    const [before, previous] = edges[index] ?? [0, 0];
    const excused = failures.filter((failed) => failed > before && failed < atMs).length;
    const between = Array.from({ length: Math.max(0, number - previous - 1) }, (_, step) => previous + 1 + step);
    return between.filter((one) => !found.has(one)).slice(excused);
  });
}
