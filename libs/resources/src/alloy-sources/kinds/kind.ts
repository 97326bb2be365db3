import type { SourcePlan } from '@lgtm-fleet/plan';
import type { SourceKind } from '@lgtm-fleet/spec';
import type { component } from '../../alloy-syntax/component.ts';
import type { Computed } from '../../alloy-syntax/expression.ts';
import type { Block } from '../../alloy-syntax/print.ts';

type ScrapeBody = Extract<Parameters<typeof component<'prometheus.scrape'>>[2], object>;

/** What one kind of source gives to the scrape that all kinds share. */
export interface Targets {
  /** Components that find or make the targets, in the order of the data; none where they are named. */
  readonly blocks: readonly Block[];
  readonly targets: Computed | readonly Readonly<Record<string, string>>[];
  /** Steps on targets after those that set job and labels, before those of the spec. */
  readonly rules?: readonly Step[];
  /** How they are asked, where it is not by plain HTTP at /metrics. */
  readonly scrape?: Partial<Omit<ScrapeBody, 'targets' | 'forward_to'>>;
}

/** A step of relabelling as Alloy has it. */
export interface Step {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly modulus?: number;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: string;
}

/** `label` is the source's name as the label of a component. */
export type TargetsOf<K extends SourceKind> = (
  settings: NonNullable<SourcePlan[K]>,
  source: SourcePlan,
  label: string,
) => Targets;
