import type { RunbookName } from '@lgtm-fleet/runbooks';
import type { Unknown } from './facts.ts';
import type { Subject } from './subjects.ts';
import type { View } from './view.ts';
import type { Step } from './way.ts';

/** `error`: telemetry is lost, late or not found, or will be. `warning`: not yet. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * How deep in the stack of causes a finding lies, the deepest first. What is found in a deeper layer explains what is
 * found above it, never the other way round. `inputs` is what pods are given: files, secrets, images, volumes, buckets.
 */
export const LAYERS = ['cluster', 'inputs', 'pod', 'workload', 'store', 'path'] as const;
export type Layer = (typeof LAYERS)[number];

/** What a check says of one thing that is wrong. */
export interface Found {
  readonly severity: Severity;
  /** One sentence without a full stop: `ConfigMap loki-config is gone`. */
  readonly what: string;
  /** The object, pod or tenant: `observability/ConfigMap/loki-config`. */
  readonly where: string;
  /** What shows it, a sentence each. */
  readonly why: readonly string[];
  /** The command that shows more, or that mends it where nothing can go wrong. */
  readonly next: string;
  /** Parts of the stack that this is about; a deeper finding about one of them may be its cause. */
  readonly about: readonly Subject[];
  /** Parts that cannot work because of it, where these are more than what it is about. */
  readonly breaks?: readonly Subject[];
  /** Where it is another than the check's own. */
  readonly runbook?: RunbookName;
  readonly layer?: Layer;
}

export interface Finding extends Found {
  /** The check that found it. */
  readonly id: string;
  readonly layer: Layer;
  readonly runbook: RunbookName;
}

/** One kind of fault. Each folder beside `checks/index.ts` exports one from `check.ts`. */
export interface Check {
  /** Kebab-case, names the bad thing; the name of its folder. */
  readonly id: string;
  readonly layer: Layer;
  readonly runbook: RunbookName;
  readonly find: (view: View) => readonly Found[];
}

/** A finding that nothing deeper explains, and those that it explains. */
export interface Diagnosis extends Finding {
  readonly symptoms: readonly Finding[];
}

/** What the doctor says of a cluster. */
export interface Report {
  readonly cluster: string;
  /** When it began to look, ISO 8601. */
  readonly at: string;
  readonly seconds: number;
  /** Causes, the worst first. */
  readonly diagnoses: readonly Diagnosis[];
  /** What could not be learnt; nothing is said about the health of it. */
  readonly unknown: readonly Unknown[];
  /** What became of the canary, step by step; absent where none was sent. */
  readonly way?: readonly Step[];
  /** Of how many checks this is the result. */
  readonly checks: number;
}
