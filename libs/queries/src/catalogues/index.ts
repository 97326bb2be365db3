import { kubeStateMetrics } from './kube-state-metrics.ts';
import { loki } from './loki.ts';
import { mimir } from './mimir.ts';
import { nodeExporter } from './node-exporter.ts';
import { prometheus } from './prometheus.ts';

/** A program whose series are known. */
export type CataloguedProgram = 'kube-state-metrics' | 'loki' | 'mimir' | 'node-exporter' | 'prometheus';

/**
 * Names of the series that the pinned release of a program shows; of a histogram `_bucket`, `_sum` and `_count`.
 * Series that appear only under load or after a failure may be missing. Where each list is from says the head of
 * `catalogues/<program>.txt`, which also has the labels.
 */
export const catalogues: Readonly<Record<CataloguedProgram, ReadonlySet<string>>> = {
  'kube-state-metrics': named(kubeStateMetrics),
  loki: named(loki),
  mimir: named(mimir),
  'node-exporter': named(nodeExporter),
  prometheus: named(prometheus),
};

/** `name*` is a histogram: its buckets, sum and count. */
function named(text: string): ReadonlySet<string> {
  const words = text.trim().split(/\s+/);
  return new Set(
    words.flatMap((word) =>
      word.endsWith('*') ? ['_bucket', '_sum', '_count'].map((end) => word.slice(0, -1) + end) : [word],
    ),
  );
}
