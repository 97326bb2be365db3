import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan, examplePlans, planOf } from '@lgtm-fleet/plan/testing';

/**
 * Clusters by whose rules the tests of families are: `tests.<cluster>.yaml`, of prod-eu `tests.yaml` alone. The
 * examples, and three for what none of them runs.
 */
export function testedPlans(): readonly Plan[] {
  return [...examplePlans(), ingestStorage(), seaweedfs(), slowSources()];
}

/** prod-eu with samples that go through Kafka. */
function ingestStorage(): Plan {
  return { ...examplePlan('prod-eu', { metrics: { architecture: 'ingest-storage' } }), cluster: 'ingest-storage' };
}

/** A cluster that keeps its objects itself. */
function seaweedfs(): Plan {
  return planOf({ objectStorage: { seaweedfs: { size: '50GB' } } }, 'seaweedfs');
}

/** A cluster whose sources are asked once an hour, but for one. */
function slowSources(): Plan {
  const secret = { secret: 'sources', key: 'dsn' };
  const servers = [{ address: 'ledger.example.com:5432', dataSource: secret }];
  return planOf(
    {
      objectStorage: { seaweedfs: {} },
      ingest: {
        sources: [
          { name: 'ledger-db', interval: '1h', postgresql: { servers } },
          { name: 'partner', interval: '1h', blackbox: { http: { urls: ['https://partner.example.com/'] } } },
          { name: 'shop', interval: '60s', blackbox: { http: { urls: ['https://shop.example.com/'] } } },
        ],
      },
    },
    'slow-sources',
  );
}

/** The file of the tests of a family on a cluster. */
export function testsOf({ cluster }: Plan): string {
  return cluster === 'prod-eu' ? 'tests.yaml' : `tests.${cluster}.yaml`;
}
