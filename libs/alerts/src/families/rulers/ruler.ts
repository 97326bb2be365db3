/** All three are Prometheus' own library, under names of their own. */
export interface Ruler {
  readonly component: 'mimir' | 'loki' | 'prometheus';
  readonly title: string;
  readonly role: string;
  /** Beginning of the library's names. */
  readonly prefix: string;
  /** The gauge of its last reload. */
  readonly reload: string;
  /** True where rules are a tenant's. */
  readonly tenants: boolean;
  /** A family of this repository that is loaded into it on every cluster. */
  readonly family: string;
}

export const RULERS: readonly Ruler[] = [
  {
    component: 'mimir',
    title: 'Mimir',
    role: 'ruler',
    prefix: 'cortex_prometheus',
    reload: 'cortex_ruler_config_last_reload_successful',
    tenants: true,
    family: 'rulers',
  },
  {
    component: 'loki',
    title: 'Loki',
    role: 'ruler',
    prefix: 'loki_prometheus',
    reload: 'loki_ruler_config_last_reload_successful',
    tenants: true,
    family: 'store-logs',
  },
  {
    component: 'prometheus',
    title: 'Prometheus',
    role: 'prometheus',
    prefix: 'prometheus',
    reload: 'prometheus_config_last_reload_successful',
    tenants: false,
    family: 'rulers',
  },
];

/** Labels that tell the rules of one tenant from another's. */
export function owner({ tenants }: Ruler): string {
  return tenants ? 'cluster, user' : 'cluster';
}

/** ` of payments`, as summaries say it, where there are tenants. */
export function ofOwner({ tenants }: Ruler): string {
  return tenants ? ' of {{ $labels.user }}' : '';
}
