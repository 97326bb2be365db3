import type { SourceFile } from '@lgtm-fleet/spec';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

/**
 * Where a collector of logs runs decides on what takes its place: Alloy of the stack on the nodes of a cluster, or a
 * group of machines outside, which is drafted.
 */
export type Place = 'nodes' | 'machine';

/** What a configuration in Promtail's vocabulary is read with, wherever it stands. */
export interface LogContext {
  readonly ledger: Ledger;
  readonly cluster: string;
  readonly place: Place;
  readonly os: 'linux' | 'windows';
  /** Name of the group of machines, where there is one to be. */
  readonly group: string;
  /** Gives each sender a name of its own, by which it signs in. */
  readonly writer: (wanted: string) => string;
  /** Files that a path in the configuration may mean; see `filesAt`. */
  readonly filesAt: (pattern: string) => readonly SourceFile[];
}

/** Lines of a machine, as its group says them; gathered over all jobs of a configuration. */
export interface MachineLogs {
  readonly files: string[];
  readonly events: string[];
  readonly labelled: Labelled[];
  journal: boolean;
}

/** Labels of some of the lines, and how to ask for these lines where labels are the group's alone. */
export interface Labelled {
  readonly labels: SourceNode | undefined;
  /** What of a selector tells these lines from others: `filename="/var/log/syslog"`. */
  readonly told: string;
}
