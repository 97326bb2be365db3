import type { DraftFile, Drafted, Inputs, YamlMap } from '../../core/draft.ts';

export interface StackContext extends Inputs {
  /** Names of sources. */
  readonly name: (wanted: string) => string;
  readonly ruleName: (wanted: string) => string;
  readonly dashboardName: (wanted: string) => string;
  readonly monitorName: (wanted: string) => string;
  /** Of groups of rules that say none. */
  readonly evaluation: string;
}

/** What one document of the inputs becomes. */
export interface Part {
  readonly spec?: YamlMap;
  readonly labels?: Readonly<Record<string, string>>;
  readonly sources?: readonly Drafted[];
  readonly files?: readonly DraftFile[];
}
