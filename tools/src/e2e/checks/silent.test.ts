import { planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { shippedQueries } from './answers.ts';
import { reasonOf, SILENCES } from './silent.ts';

const plan = planOf({
  objectStorage: { seaweedfs: { size: '5GB' } },
  tenants: [{ name: 'alpha' }, { name: 'beta' }],
  selfMonitoring: {},
  sample: true,
});
const shipped = shippedQueries(plan);
const nothing = new Set<string>();
const all = new Set(['alloy', 'grafana']);

describe('queries that ship', () => {
  it('are those of panels and of rules, each once', () => {
    expect(shipped.length).toBeGreaterThan(400);
    expect(new Set(shipped.map(({ language, text }) => `${language} ${text}`)).size).toBe(shipped.length);
    for (const language of ['promql', 'logql', 'traceql'])
      expect(shipped.filter((one) => one.language === language).length, language).toBeGreaterThan(2);
  });

  it('are mostly ones that have to give something', () => {
    const excused = shipped.filter((one) => reasonOf(one, all) !== undefined);
    expect(excused.length).toBeLessThan(shipped.length / 2);
  });
});

describe('a reason to give nothing', () => {
  // Kafka and cert-manager are of other clusters.
  const own = SILENCES.filter(({ names }) => !/kafka|certmanager/.test(names.source));

  it.each(own.map(({ why, names }) => [why, names] as const))('%s: is of some query', (_, names) => {
    expect(shipped.filter(({ text }) => names.test(text)).length).toBeGreaterThan(0);
  });

  it('holds only where the component cannot run', () => {
    expect(reasonOf({ language: 'promql', text: 'rate(alloy_resources_x_total[5m])' }, nothing)).toBeUndefined();
    expect(reasonOf({ language: 'promql', text: 'rate(alloy_resources_x_total[5m])' }, all)).toBe(
      'Alloy tells it, and has no image here',
    );
  });

  it.each(['cortex_ingester_active_series', '{service_name="shop"}', 'rate(loki_request_duration_seconds_count[5m])'])(
    'there is none for %s',
    (text) => {
      expect(reasonOf({ language: text.startsWith('{') ? 'logql' : 'promql', text }, all)).toBeUndefined();
    },
  );
});
