import type { ImportKind } from '../core/draft.ts';
import { alloy } from './alloy/kind.ts';
import { datadog } from './datadog/kind.ts';
import { grafanaAgent } from './grafana-agent/kind.ts';
import { kubePrometheusStack } from './kube-prometheus-stack/kind.ts';
import { lokiStack } from './loki-stack/kind.ts';
import { prometheus } from './prometheus/kind.ts';
import { promtail } from './promtail/kind.ts';

/** Every kind of configuration that can be read, by the name that `--as` takes. */
export const kinds: readonly ImportKind[] = [
  alloy,
  datadog,
  grafanaAgent,
  kubePrometheusStack,
  lokiStack,
  prometheus,
  promtail,
];
