import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan, examplePlans, planOf } from '@lgtm-fleet/plan/testing';

/**
 * Clusters by whose rules the tests of families are: `tests.<cluster>.yaml`, of prod-eu `tests.yaml` alone. The
 * examples, and two for what none of them runs.
 */
export function testedPlans(): readonly Plan[] {
  return [...examplePlans(), ingestStorage(), seaweedfs()];
}

/** prod-eu with samples that go through Kafka. */
function ingestStorage(): Plan {
  return { ...examplePlan('prod-eu', { metrics: { architecture: 'ingest-storage' } }), cluster: 'ingest-storage' };
}

/** A cluster that keeps its objects itself. */
function seaweedfs(): Plan {
  return planOf({ objectStorage: { seaweedfs: { size: '50GB' } } }, 'seaweedfs');
}

/** The file of the tests of a family on a cluster. */
export function testsOf({ cluster }: Plan): string {
  return cluster === 'prod-eu' ? 'tests.yaml' : `tests.${cluster}.yaml`;
}
