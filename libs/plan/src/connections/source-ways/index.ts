import { kindOf, type SourceKind } from '@lgtm-fleet/spec';
import type { SourcePlan } from '../../types.ts';
import { clouds } from './clouds.ts';
import { discovered } from './discovered.ts';
import type { Way, WaysOf } from './way.ts';

type Kinds = { readonly [K in SourceKind]?: WaysOf<K> };

const kinds: Kinds = { ...discovered, ...clouds };

/** The ways to one source, by its kind. */
export function waysTo(source: SourcePlan): readonly Way[] {
  const kind = kindOf(source);
  return kind === undefined ? [] : ofKind(kind, kinds, source);
}

function ofKind<K extends SourceKind>(kind: K, { [kind]: ways }: Pick<Kinds, K>, source: SourcePlan): readonly Way[] {
  const settings = source[kind];
  return ways === undefined || settings === undefined ? [] : ways(settings, `asks the source ${source.name}`);
}
