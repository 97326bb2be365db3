import { planOf } from '@lgtm-fleet/plan/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheus } from './resources.ts';

const plan = planOf({ kubernetes: { nodes: 1 }, retention: { metrics: '45d', logs: '7d', traces: '7d' } });
const component = plan.components.find(({ name }) => name === 'prometheus');
if (component === undefined) throw new Error('no prometheus');
const [file] = prometheus(plan, component).configFiles;
if (file?.form !== 'yaml') throw new Error('no prometheus.yml');
const config: unknown = parse(stringify(file.value, { comments: file.comments ?? {} }));

it('keeps metrics as long as the spec says, and less before the volume is full', () => {
  expect(config).toMatchObject({ storage: { tsdb: { retention: { time: '45d' } } } });
  const size = /(\d+)MB/.exec(JSON.stringify(config))?.[1];
  expect(Number(size) * 2 ** 20).toBeLessThanOrEqual(plan.prometheus?.retentionBytes ?? 0);
  expect(plan.prometheus?.retentionBytes).toBeLessThan(component.workloads[0]?.volumeBytes ?? 0);
});

it('keeps exemplars and late samples', () => {
  expect(config).toMatchObject({
    storage: { tsdb: { out_of_order_time_window: '30m' }, exemplars: { max_exemplars: 100_000 } },
  });
});

it('scrapes nothing: collectors push', () => {
  expect(config).not.toHaveProperty('scrape_configs');
});

it('says so when the plan has no Prometheus', () => {
  const { prometheus: _, ...without } = plan;
  expect(() => prometheus(without, component)).toThrow('the plan of test has no prometheus');
});
