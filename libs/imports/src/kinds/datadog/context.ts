import type { DraftFile, Drafted, Inputs } from '../../core/draft.ts';
import type { SourceFile } from '@lgtm-fleet/spec';
import type { SourceNode } from '../../core/node.ts';

/** Where the agent runs: on the nodes of a cluster, or on machines outside, which are drafted as a group. */
export type Where = 'nodes' | 'machine';

/** What a group of machines reads, gathered over all files. */
export interface Machine {
  readonly files: { readonly path: string; readonly node: SourceNode }[];
  readonly eventLogs: string[];
  readonly labels: Map<string, string>;
  journal: boolean;
  windows: boolean;
  otlp: boolean;
  /** The first value that makes it a group at all. */
  origin: SourceNode | undefined;
}

export function noMachine(): Machine {
  return {
    files: [],
    eventLogs: [],
    labels: new Map(),
    journal: false,
    windows: false,
    otlp: false,
    origin: undefined,
  };
}

export interface DatadogContext extends Inputs {
  readonly where: Where;
  /** Name of the group of machines, where there is one to be. */
  readonly group: string;
  /** Gives each source a name of its own. */
  readonly name: (wanted: string) => string;
  readonly machine: Machine;
  /** Percent of traces that are kept at random, where a file says it. */
  readonly sampled: { percent: number | undefined };
}

/** What one document of the inputs becomes. */
export interface Part {
  readonly sources?: readonly Drafted[];
  readonly files?: readonly DraftFile[];
  readonly labels?: Readonly<Record<string, string>>;
}

/** One document with the file around it, for texts in it. */
export type ReadDocument = (document: SourceNode, file: SourceFile, context: DatadogContext) => Part;
