import type { DraftFile, Drafted, YamlMap } from '../../core/draft.ts';
import type { SourceNode } from '../../core/node.ts';

/** What one part of the chart becomes. */
export interface Part {
  readonly spec?: YamlMap;
  readonly comments?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly sources?: readonly Drafted[];
  readonly files?: readonly DraftFile[];
  readonly advice?: readonly string[];
}

/** Where a value stands, for a comment of the draft. */
export function placeOf({ file, line }: SourceNode): string {
  return `${file}:${line}`;
}
