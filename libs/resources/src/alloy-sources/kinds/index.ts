import type { SourcePlan } from '@lgtm-fleet/plan';
import { kindOf, type SourceKind } from '@lgtm-fleet/spec';
import type { Targets, TargetsOf } from './kind.ts';
import { fixed } from './static.ts';

const kinds: { readonly [K in SourceKind]?: TargetsOf<K> } = {
  static: fixed,
};

/** The targets of a source, by its kind. */
export function targetsOf(source: SourcePlan, label: string): Targets {
  const kind = kindOf(source);
  if (kind === undefined) throw new Error(`the source ${source.name} has no kind`);
  return ofKind(kind, source, label);
}

function ofKind<K extends SourceKind>(kind: K, source: SourcePlan, label: string): Targets {
  const emit = kinds[kind];
  const settings = source[kind];
  if (emit === undefined || settings === undefined) throw new Error(`the source ${source.name} is no ${kind}`);
  return emit(settings, source, label);
}
