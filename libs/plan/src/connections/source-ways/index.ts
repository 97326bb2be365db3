import { kindOf, type SourceKind } from '@lgtm-fleet/spec';
import type { SourcePlan } from '../../types.ts';
import { clouds } from './clouds.ts';
import { elasticsearch, kafka, mongodb, mysql, postgresql, redis } from './databases.ts';
import { discovered } from './discovered.ts';
import { blackbox, snmp } from './probes.ts';
import type { Way, WaysTo } from './way.ts';

const kinds: { readonly [K in SourceKind]: WaysTo<K> } = {
  ...discovered,
  ...clouds,
  blackbox,
  snmp,
  postgresql,
  mysql,
  redis,
  kafka,
  mongodb,
  elasticsearch,
};

/** The ways to one source. Kinds that others keep a list of open the ports that the list may name. */
export function waysTo(source: SourcePlan): readonly Way[] {
  const kind = kindOf(source);
  return kind === undefined ? [] : ofKind(kind, source[kind], `asks the source ${source.name}`);
}

function ofKind<K extends SourceKind>(kind: K, settings: SourcePlan[K], why: string): readonly Way[] {
  return settings === undefined ? [] : kinds[kind](settings, why);
}
