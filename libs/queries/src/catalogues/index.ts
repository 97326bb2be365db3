import { alertmanager } from './alertmanager.ts';
import { alloy } from './alloy.ts';
import { argocd } from './argocd.ts';
import { cadvisor } from './cadvisor.ts';
import { certManager } from './cert-manager.ts';
import { grafana } from './grafana.ts';
import { kubeStateMetrics } from './kube-state-metrics.ts';
import { kubelet } from './kubelet.ts';
import { loki } from './loki.ts';
import { lokiCanary } from './loki-canary.ts';
import { mimir } from './mimir.ts';
import { mimirContinuousTest } from './mimir-continuous-test.ts';
import { nodeExporter } from './node-exporter.ts';
import { prometheus } from './prometheus.ts';
import { seaweedfs } from './seaweedfs.ts';
import { tempo } from './tempo.ts';
import { tempoVulture } from './tempo-vulture.ts';

/** A program whose series are known. */
export type CataloguedProgram =
  | 'alertmanager'
  | 'alloy'
  | 'argocd'
  | 'cadvisor'
  | 'cert-manager'
  | 'grafana'
  | 'kube-state-metrics'
  | 'kubelet'
  | 'loki'
  | 'loki-canary'
  | 'mimir'
  | 'mimir-continuous-test'
  | 'node-exporter'
  | 'prometheus'
  | 'seaweedfs'
  | 'tempo'
  | 'tempo-vulture';

/**
 * Names of the series that the pinned release of a program shows; of a histogram `_bucket`, `_sum` and `_count`.
 * Series that appear only under load or after a failure may be missing. Where each list is from says the head of
 * `catalogues/<program>.txt`, which also has the labels.
 */
export const catalogues: Readonly<Record<CataloguedProgram, ReadonlySet<string>>> = {
  alertmanager: named(alertmanager),
  alloy: named(alloy),
  argocd: named(argocd),
  cadvisor: named(cadvisor),
  'cert-manager': named(certManager),
  grafana: named(grafana),
  'kube-state-metrics': named(kubeStateMetrics),
  kubelet: named(kubelet),
  loki: named(loki),
  'loki-canary': named(lokiCanary),
  mimir: named(mimir),
  'mimir-continuous-test': named(mimirContinuousTest),
  'node-exporter': named(nodeExporter),
  prometheus: named(prometheus),
  seaweedfs: named(seaweedfs),
  tempo: named(tempo),
  'tempo-vulture': named(tempoVulture),
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
