import { checkWiring, formatAlloy, parseAlloy } from '@lgtm-fleet/alloy';
import { plan } from '@lgtm-fleet/plan';
import { secretsOf } from '@lgtm-fleet/spec';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFile } from '../alloy-syntax/check.ts';
import { parseFile } from '../alloy-syntax/parse.ts';
import { configOf } from './sources.fixture.ts';

const planned = anyCluster
  .map((cluster) => plan(cluster, { repository: 'https://git.example.com/fleet.git' }))
  .filter(({ ingest }) => ingest.sources.length > 0);

test('whatever the sources are, Alloy takes them, and nothing of them is left out', () => {
  fc.assert(
    fc.property(planned, (one) => {
      const text = configOf(one);
      const { file, faults } = parseAlloy(text);
      expect([...faults, ...checkWiring(file), ...checkFile(text)]).toEqual([]);
      expect(formatAlloy(text)).toBe(text);
      const scrapes = parseFile(text).filter(({ name }) => name === 'prometheus.scrape');
      expect(scrapes).toHaveLength(one.ingest.sources.length);
      for (const { secret, key } of secretsOf(one.ingest))
        expect(text).toContain(`/etc/source-credentials/${secret}/${key}`);
    }),
    { numRuns: 100 },
  );
});
