import { examplePlan } from '@lgtm-fleet/plan/testing';
import { unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { ruleFiles } from '../../rule-files.ts';
import { firesOn, loki, type Line } from '../../testing/loki-ruler.ts';

const rules = ruleFiles(examplePlan('prod-eu')).find(({ name }) => name === 'gateway-logs')!.value;

interface Request {
  readonly user?: string;
  readonly path?: string;
  readonly status: string;
  readonly upstream?: string;
  readonly seconds?: string;
  readonly credential?: string;
}

/** Lines as the format of nginx.conf makes them: every field is a text. */
function requests(count: number, request: Request): readonly Line[] {
  const { user = 'payments', path = '/api/v1/push', status, upstream = '10.0.0.7:8080' } = request;
  const { seconds = '0.010', credential = '' } = request;
  const line = JSON.stringify({
    ...{ time: '2026-01-01T00:00:00+00:00', user, credential, method: 'POST', path, status, upstream },
    ...{ request_bytes: '512', response_bytes: '0', seconds, upstream_seconds: seconds, client: '10.0.0.9' },
    user_agent: 'Alloy/v1.18.1 "quoted"',
  });
  const labels = { cluster: 'prod-eu', namespace: 'observability', container: 'gateway', job: 'observability/gateway' };
  return Array.from({ length: count }, () => ({ labels, line }));
}

const ALL: readonly Line[] = [
  ...requests(151, { status: '502' }),
  ...requests(11, { status: '499', path: '/prometheus/api/v1/query', seconds: '31.5' }),
  ...requests(11, { status: '400' }),
  ...requests(31, { status: '429', path: '/otlp/v1/logs' }),
  ...requests(6, { status: '429', path: '/loki/api/v1/query_range' }),
  ...requests(1, { status: '204', credential: 'previous' }),
];

/** As many, and each of them nothing to tell of. */
const NONE: readonly Line[] = [
  ...requests(30, { status: '502' }),
  ...requests(31, { status: '404', path: '/status=5' }),
  ...requests(31, { status: '499', path: '/prometheus/api/v1/query', seconds: '1.5' }),
  ...requests(31, { status: '400', upstream: '' }),
  ...requests(31, { status: '429', upstream: '' }),
  ...requests(5, { status: '429', path: '/loki/api/v1/query_range' }),
  ...requests(20, { status: '204' }),
  ...requests(1, { status: '500' }).map(({ labels }) => ({
    labels,
    line: '[error] "status":"500" is no line of JSON',
  })),
  ...requests(40, { status: '503' }).map((one) => ({ ...one, age: 400 })),
];

describe.skipIf(loki === undefined)(`the ruler of Loki${unlessFound('loki', loki)}`, () => {
  const alerts = ['CredentialHasSuccessor', 'GatewayReachesNoStore', 'GatewayServerErrors', 'GatewayTimeouts'];
  it('fires every alert on the gateway', async () => {
    const stores = ['StoreLimitsQueries', 'StoreLimitsWrites', 'StoreRefusesWrites'];
    expect(await firesOn(rules, ALL)).toEqual([...alerts, ...stores]);
  }, 120_000);

  it('fires none on as many requests that are nothing to tell of', async () => {
    expect(await firesOn(rules, NONE)).toEqual([]);
  }, 120_000);

  it('wakes nobody for a dashboard that fails, however often', async () => {
    const failing = ['500', '502', '503'].flatMap((status) =>
      requests(400, { status, path: '/prometheus/api/v1/query_range' }),
    );
    expect(await firesOn(rules, [...failing, ...requests(400, { status: '500' })])).toEqual(['GatewayServerErrors']);
  }, 120_000);
});
