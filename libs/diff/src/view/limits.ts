import { isObject, type Json } from '@lgtm-fleet/manifests';
import type { Store } from './stores.ts';

/** A number that bounds what a tenant may do. */
export interface Limit {
  readonly tenant: string;
  /** `ingestion_rate`, `ingestion.rate_limit_bytes` */
  readonly name: string;
  readonly value: number;
}

/** What a tenant may write, read or keep; not for how long. */
const LIMITS = /(?:^|[._])(?:rate|burst|max|limit)/;
const DURATIONS = /(?:retention|period|window|timeout|age|lookback)/;

/** Limits of all tenants of a store, by `tenant/name`; 0 is how the programs say that there is none. */
export function limitsOf(store: Store | undefined): ReadonlyMap<string, Limit> {
  const found = new Map<string, Limit>();
  const visit = (tenant: string, value: Json, path: string, depth: number): void => {
    if (isObject(value) && depth < 8)
      for (const [key, child] of Object.entries(value))
        visit(tenant, child, path === '' ? key : `${path}.${key}`, depth + 1);
    else if (typeof value === 'number' && value > 0 && LIMITS.test(path) && !DURATIONS.test(path))
      found.set(`${tenant}/${path}`, { tenant, name: path, value });
  };
  for (const [tenant, limits] of Object.entries(store?.tenants ?? {})) visit(tenant, limits, '', 0);
  return found;
}
