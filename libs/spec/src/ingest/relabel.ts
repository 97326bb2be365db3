import { z } from 'zod';
import { metricLabel } from './references.ts';

/** A regular expression of RE2; what stands for the whole text, as Prometheus anchors it. */
export const expression = z.string().min(1).max(4096);

/** One step of Prometheus' relabelling, under its own names. */
export const relabelRule = z.strictObject({
  sourceLabels: z.array(metricLabel).max(30).optional(),
  separator: z.string().max(16).optional(),
  regex: expression.optional(),
  modulus: z
    .int()
    .min(1)
    .max(2 ** 31)
    .optional(),
  targetLabel: z.string().min(1).max(256).optional(),
  replacement: z.string().max(4096).optional(),
  action: z
    .enum([
      'replace',
      'keep',
      'drop',
      'keepequal',
      'dropequal',
      'hashmod',
      'labelmap',
      'labeldrop',
      'labelkeep',
      'lowercase',
      'uppercase',
    ])
    .default('replace'),
});

export type RelabelRule = z.output<typeof relabelRule>;
