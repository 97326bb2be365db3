import { list, text, type Json } from '@lgtm-fleet/manifests';
import type { Side } from './side.ts';

/** A period of Loki's `schema_config`. */
export interface Period {
  /** Its first day, `2026-01-31`. */
  readonly from: string;
  readonly value: Json;
}

export function periodsOf(side: Side): readonly Period[] {
  return side.stores
    .filter(({ name }) => name === 'loki')
    .flatMap(({ config }) => list(config, 'schema_config', 'configs'))
    .map((value) => ({ from: text(value, 'from') ?? '', value }));
}
