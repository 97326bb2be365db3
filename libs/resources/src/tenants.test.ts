import { federated, plan, type Plan, type TenantPlan } from '@lgtm-fleet/plan';
import { fleet, planOf } from '@lgtm-fleet/plan/testing';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loki } from './loki/resources.ts';
import { mimir } from './mimir/resources.ts';
import { tempo } from './tempo/resources.ts';
import { yamlFiles } from './testing/plans.ts';

/** The stores, what each keeps, and how it says that it answers questions of several tenants. */
const STORES = [
  {
    name: 'loki',
    emit: loki,
    signal: 'logs',
    kept: ['retention_period'],
    several: ['querier', 'multi_tenant_queries_enabled'],
  },
  {
    name: 'mimir',
    emit: mimir,
    signal: 'metrics',
    kept: ['compactor_blocks_retention_period'],
    several: ['tenant_federation', 'enabled'],
  },
  {
    name: 'tempo',
    emit: tempo,
    signal: 'traces',
    kept: ['compaction', 'block_retention'],
    several: ['query_frontend', 'multi_tenant_queries_enabled'],
  },
] as const;

/** What a tenant may send, at once and over time. */
const RATES = {
  loki: [['ingestion_rate_mb'], ['ingestion_burst_size_mb']],
  mimir: [['ingestion_rate'], ['ingestion_burst_size']],
  tempo: [
    ['ingestion', 'rate_limit_bytes'],
    ['ingestion', 'burst_size_bytes'],
  ],
} as const;

type Values = Readonly<Record<string, unknown>>;

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner: unknown, key) => (inner as Values | undefined)?.[key], value);

function fileOf(planned: Plan, { name, emit }: (typeof STORES)[number], file: string): Values {
  const found = yamlFiles(emit, planned, name).find((one) => one.name === file);
  return parse(found!.text) as Values;
}

function law(check: (planned: Plan, store: (typeof STORES)[number]) => void): void {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      const planned = plan(cluster, fleet);
      for (const store of STORES) if (planned[store.name] !== undefined) check(planned, store);
    }),
    { numRuns: 25 },
  );
}

test('every tenant has limits in every store, and every id that anybody reads is kept for as long as he was told', () => {
  law((planned, store) => {
    const { overrides } = fileOf(planned, store, 'overrides.yaml') as { readonly overrides: Values };
    const ids = planned.tenants.flatMap(({ name, adopts }) => [
      name,
      ...(adopts === undefined ? [] : [adopts[store.signal]]),
    ]);
    expect(Object.keys(overrides).toSorted()).toEqual(ids.toSorted());
    for (const { readIds } of planned.credentials)
      for (const id of readIds[store.signal])
        expect(at(overrides[id], store.kept), `${store.name} ${id}`).toMatch(/^\d+[hd]$/);
    for (const { name, adopts } of planned.tenants)
      if (adopts !== undefined) {
        const old = overrides[adopts[store.signal]] as Values;
        expect(at(old, store.kept)).toBe(at(overrides[name], store.kept));
        expect(
          RATES[store.name].map((path) => at(old, path)),
          'nobody writes as it',
        ).toEqual([0, 0]);
      }
  });
});

test('a store answers questions of several tenants exactly where somebody may ask them', () => {
  law((planned, store) => {
    const asked = planned.credentials.some(({ readIds }) => readIds[store.signal].length > 1);
    expect(federated(planned, store.signal) !== undefined).toBe(asked);
    const on = at(fileOf(planned, store, `${store.name}.yaml`), store.several);
    expect(on ?? false).toBe(asked);
  });
});

test('alert routes are files for every tenant, or for none', () => {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      const planned = plan(cluster, fleet);
      if (planned.mimir === undefined) return;
      const files = yamlFiles(mimir, planned, 'mimir').filter(({ configMap }) => configMap === 'mimir-alert-routes');
      const inGit = planned.tenants.some(({ alerts }) => alerts !== undefined);
      expect(files.map(({ key }) => key)).toEqual(inGit ? planned.tenants.map(({ name }) => `${name}.yaml`) : []);
      for (const [index, tenant] of planned.tenants.entries()) {
        const own = addressesOf(tenant);
        for (const url of planned.tenants.flatMap(addressesOf).filter((one) => !own.includes(one)))
          expect(files[index]!.text).not.toContain(`${url}\n`);
        for (const url of own) expect(files[index]!.text).toContain(`url: ${url}\n`);
      }
    }),
    { numRuns: 25 },
  );
});

/** Where a tenant's alerts are posted, where that is no secret. */
function addressesOf({ alerts }: TenantPlan): readonly string[] {
  return (alerts?.receivers ?? []).flatMap((receiver) =>
    receiver.kind === 'webhook' && typeof receiver.url === 'string' ? [receiver.url] : [],
  );
}

test('a limit that the spec says has it beside it, and one that follows from the load has not', () => {
  const planned = planOf({
    objectStorage: { seaweedfs: { size: '50GB' } },
    tenants: [
      { name: 'platform' },
      { name: 'payments', limits: { logs: '1MB/s', activeSeries: '20k', traces: '10kB/s' } },
    ],
  });
  const said = (store: (typeof STORES)[number]): string | undefined =>
    yamlFiles(store.emit, planned, store.name).find(({ name }) => name === 'overrides.yaml')?.text;
  expect(said(STORES[0])).toContain('# spec.tenants payments.limits.logs: 1 MB/s\n    ingestion_rate_mb: 1\n');
  expect(said(STORES[1])).toContain(
    '# spec.tenants payments.limits.activeSeries: 20k\n    max_global_series_per_user: 20000\n',
  );
  expect(said(STORES[2])).toContain('# spec.tenants payments.limits.traces: 10 kB/s\n      rate_limit_bytes: 10000\n');
  for (const store of STORES) expect(said(store)).not.toContain('spec.tenants platform.limits');
});
