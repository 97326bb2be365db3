import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { bucketsIn, scrapes } from './scrapes.ts';

it('keeps the buckets that rules ask for, and drops all others', () => {
  const asked = 'histogram_quantile(0.99, sum by (le) (rate(a_seconds_bucket{job="x"}[5m]))) > 1 and b:c_bucket > 0';
  expect(bucketsIn([asked, asked, 'up == 0'])).toEqual(['a_seconds_bucket', 'b:c_bucket']);
  const dropped = (buckets: readonly string[]): string => JSON.stringify(scrapes(examplePlan('prod-eu'), buckets)[0]);
  expect(dropped([])).toContain('{"source_labels":["__name__"],"regex":".+_bucket","action":"drop"}');
  expect(dropped(['a_bucket', 'b_bucket'])).toContain('"regex":"a_bucket|b_bucket","target_label":"__tmp_wanted"');
});

it('scrapes with TLS exactly what is served with TLS, but for nginx, which tells no metrics', () => {
  const plan = examplePlan('prod-eu', { tls: { issuer: 'internal' } });
  const named = scrapes(plan, []).map((job) => JSON.stringify(job));
  const encrypted = named.filter((job) => job.includes('"scheme":"https"'));
  const served = ['loki', 'mimir', 'tempo', 'grafana', 'alertmanager', 'meta-monitoring'];
  expect(encrypted).toHaveLength(served.length);
  for (const component of served) {
    const job = encrypted.find((one) => one.includes(`"job_name":"${component}"`));
    expect(job, component).toContain(`"regex":"${component}","action":"keep"`);
    expect(named[0], component).toContain(`"regex":"${component}","action":"drop"`);
  }
});
