import type { ImportKind } from '../core/draft.ts';
import { kubePrometheusStack } from './kube-prometheus-stack/kind.ts';
import { prometheus } from './prometheus/kind.ts';

/** Every kind of configuration that can be read, by the name that `--as` takes. */
export const kinds: readonly ImportKind[] = [kubePrometheusStack, prometheus];
