import { planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheus } from '../prometheus/resources.ts';
import { yamlFiles } from '../testing/plans.ts';
import { mimir } from './resources.ts';

type Fields = Readonly<Record<string, unknown>>;

const writers = [{ name: 'w' }];
const pair = (name: string) => ({ name, writer: 'w', protocols: ['remote-write'], pair: { cluster: 'site' } });
const modes: readonly (readonly [string, Fields])[] = [
  ['monolithic', { metrics: { store: 'mimir' } }],
  ['highly-available', { kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: { size: '50GB' } } }],
  [
    'distributed',
    {
      kubernetes: { nodes: 30, zones: ['a', 'b', 'c'] },
      objectStorage: { s3: { region: 'eu-west-1', bucketPrefix: 'acme' } },
      load: { metrics: { activeSeries: '3M' } },
    },
  ],
];

function files(spec: Fields, senders: readonly unknown[]) {
  const planned = planOf({ ...spec, tenants: [{ name: 'main', writers }, { name: 'other' }], ingest: { senders } });
  const texts = Object.fromEntries(yamlFiles(mimir, planned, 'mimir').map(({ name, text }) => [name, text]));
  const read = (name: string) => parse(texts[name] ?? '') as Record<string, Record<string, Record<string, unknown>>>;
  return { mode: planned.mimir?.mode, config: read('mimir.yaml'), overrides: read('overrides.yaml')['overrides'] };
}

describe.each(modes)('Mimir %s', (mode, spec) => {
  it('takes one of a pair, of the tenant that has pairs', () => {
    const { mode: chosen, config, overrides } = files(spec, [pair('plant')]);
    expect(chosen).toBe(mode);
    expect(config['distributor']?.['ha_tracker']).toEqual({
      enable_ha_tracker: true,
      kvstore: { store: 'memberlist' },
    });
    expect(overrides?.['main']).toMatchObject({
      accept_ha_samples: true,
      ha_cluster_label: 'site',
      ha_replica_label: '__replica__',
    });
    expect(overrides?.['main']).not.toHaveProperty('ha_max_clusters');
    expect(overrides?.['other']).not.toHaveProperty('accept_ha_samples');
  });

  it('has no tracker where nobody is a pair', () => {
    const { config, overrides } = files(spec, [{ name: 'till', writer: 'w', protocols: ['otlp'] }]);
    expect(config['distributor'] ?? {}).not.toHaveProperty('ha_tracker');
    expect(overrides?.['main']).not.toHaveProperty('accept_ha_samples');
  });
});

it('more pairs than Mimir keeps track of by itself are told', () => {
  const { overrides } = files(
    modes[1]?.[1] ?? {},
    Array.from({ length: 101 }, (_, index) => pair(`plant-${String(index)}`)),
  );
  expect(overrides?.['main']?.['ha_max_clusters']).toBe(101);
});

it('Prometheus takes samples as late as machines keep them', () => {
  const exposure = {
    gateway: { name: 'public', namespace: 'gateways' },
    grafana: { hostname: 'grafana.example.com' },
    ingest: { hostname: 'push.example.com' },
  };
  const window = (hosts: readonly Fields[]) => {
    const planned = planOf({ exposure, tenants: [{ name: 'main', writers }], ingest: { hosts } });
    const [file] = yamlFiles(prometheus, planned, 'prometheus');
    return /out_of_order_time_window: (\S+)/.exec(file?.text ?? '')?.[1];
  };
  expect(window([])).toBe('30m');
  expect(window([{ name: 'vms', writer: 'w', buffer: '1d' }])).toBe('1470m');
});
