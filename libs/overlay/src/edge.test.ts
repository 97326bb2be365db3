import { checkWiring, formatAlloy, parseAlloy } from '@lgtm-fleet/alloy';
import { plan, type Plan } from '@lgtm-fleet/plan';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EDGE, edgeFiles } from './edge.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };

/** Holds for every cluster whose machines and senders are random; some have none. */
function law(runs: number, check: (planned: Plan, files: ReadonlyMap<string, string>) => void): void {
  let seen = 0;
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      const planned = plan(cluster, fleet);
      const files = edgeFiles(planned);
      seen += files.size;
      check(planned, files);
    }),
    { numRuns: runs },
  );
  expect(seen, 'some have machines or senders').toBeGreaterThan(0);
}

test('Alloy reads what every machine is given: it is wired, formatted, and has nothing that nobody knows', () => {
  law(60, (planned, files) => {
    const configs = [...files].filter(([path]) => path.endsWith('.alloy'));
    expect(configs).toHaveLength(planned.ingest.hosts.length);
    for (const [path, text] of configs) {
      const { file, faults } = parseAlloy(text);
      expect(faults, path).toEqual([]);
      expect(checkWiring(file), path).toEqual([]);
      expect(formatAlloy(file), path).toBe(text);
    }
  });
});

test('each has a folder of its own, whose address is that of its cluster', () => {
  law(30, (planned, files) => {
    const { hosts, senders } = planned.ingest;
    const folders = [...hosts, ...senders].map(({ name }) => `overlays/${planned.cluster}/${EDGE}/${name}/`);
    expect(new Set(folders).size).toBe(folders.length);
    for (const path of files.keys()) expect(folders.some((folder) => path.startsWith(folder))).toBe(true);
    for (const { name, gatewayUrl } of hosts)
      expect(files.get(`overlays/${planned.cluster}/${EDGE}/${name}/config.alloy`)).toContain(gatewayUrl);
  });
});

test('credentials are files, and in none of these', () => {
  law(30, (_, files) => {
    for (const [path, text] of files)
      expect(text, path).not.toMatch(/\b(?:password|token|bearer_token)\s*[=:]\s*(?!local\.file\.)\S/);
  });
});
