import { z } from 'zod';
import { dnsLabel, tenantName } from '../names.ts';
import { count, duration, seriesOf } from '../quantities.ts';
import { clouds } from './clouds.ts';
import { databases } from './databases.ts';
import { discovered } from './discovered.ts';
import { probes } from './probes.ts';
import { metricLabels } from './references.ts';
import { expression, relabelRule } from './relabel.ts';
import { LABEL_LIMITS } from './series.ts';

const kinds = { ...discovered, ...probes, ...databases, ...clouds };

export type SourceKind = keyof typeof kinds;
export const sourceKinds = Object.keys(kinds) as readonly SourceKind[];

/** What is outside and is asked from inside. Exactly one of its kinds. */
export const source = z.strictObject({
  name: dnsLabel,
  tenant: tenantName.optional().describe('Whose it is; the first tenant unless said.'),
  job: z.string().min(1).max(256).optional().describe('Label `job`; the name unless said.'),
  labels: metricLabels,
  interval: duration(
    5,
    3600,
    '5s to 1h',
    'How often; as load.metrics.scrapeInterval unless said, and clouds as their values come.',
  ).optional(),
  timeout: duration(
    1,
    3600,
    '1s to 1h',
    'Of one scrape; 10s, of a cloud 60s, or the interval where it is shorter.',
  ).optional(),
  series: seriesOf('What it gives; from its kind and the number of its targets unless said.').optional(),
  keep: z.array(expression).max(200).default([]).describe('Names of metrics, the only ones that are kept.'),
  drop: z.array(expression).max(200).default([]).describe('Names of metrics that are dropped.'),
  relabel: z.array(relabelRule).max(100).default([]).describe('Steps on targets, before they are scraped.'),
  metricRelabel: z.array(relabelRule).max(100).default([]).describe('Steps on what was scraped, after keep and drop.'),
  limits: z
    .strictObject({
      samples: count(
        { min: 1, max: 1e8, says: '1 to 100M' },
        'Of one target; a scrape with more is refused.',
      ).optional(),
      targets: z.int().min(1).max(100_000).optional(),
      labels: z.int().min(1).max(500).default(LABEL_LIMITS.labels),
      labelNameLength: z.int().min(1).max(10_000).default(LABEL_LIMITS.labelNameLength),
      labelValueLength: z.int().min(1).max(100_000).default(LABEL_LIMITS.labelValueLength),
    })
    .prefault({})
    .describe('What protects the stores from a source that has gone mad: a scrape beyond is refused as a whole.'),
  nativeHistograms: z.boolean().default(false).describe('Scrape them where a target has them.'),
  ...kinds,
});

export type Source = z.output<typeof source>;
