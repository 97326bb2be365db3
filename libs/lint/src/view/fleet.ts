import type { ClusterSpec } from '@lgtm-fleet/spec';
import type { ClusterView } from './cluster.ts';

/** All clusters of the repository. */
export interface FleetView {
  /** Those that are linted. */
  readonly clusters: readonly ClusterView[];
  /** Every cluster file, also of clusters that are not linted now: sorted by name. */
  readonly specs: readonly ClusterSpec[];
}
