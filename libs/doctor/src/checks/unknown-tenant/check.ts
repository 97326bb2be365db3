import { olderConfigOfGateway } from '../../older-config.ts';
import { growthOf } from '../../programs.ts';
import type { Check } from '../../types.ts';

const RECEIVED = [
  'cortex_distributor_received_samples_total',
  'loki_distributor_lines_received_total',
  'tempo_distributor_spans_received_total',
];

/** Accepted, and found by nobody: whoever puts the tenant on requests has another one than the plan. */
export const check: Check = {
  id: 'unknown-tenant',
  layer: 'store',
  runbook: 'wrong-tenant',
  find: (view) => {
    const { plan, facts } = view;
    const older = olderConfigOfGateway(view);
    const known = new Set(
      plan.tenants.flatMap(({ name, adopts }) => [name, ...(adopts === undefined ? [] : Object.values(adopts))]),
    );
    const found = (facts.programs ?? []).flatMap((program) =>
      RECEIVED.flatMap((name) => growthOf(program, name))
        .map((sample) => ({ ...sample, tenant: sample.labels['user'] ?? sample.labels['tenant'] ?? '', program }))
        .filter(({ tenant }) => tenant !== '' && !known.has(tenant)),
    );
    return [...Map.groupBy(found, ({ tenant }) => tenant)].map(([tenant, all]) => ({
      severity: 'error',
      what: `telemetry goes to tenant ${tenant}, which the plan does not have`,
      where: `tenant ${tenant}`,
      why: [
        ...all.slice(0, 4).map(({ program, name, value }) => `${program.pod} received ${value.toFixed(0)} (${name})`),
        ...older.why,
      ],
      next: older.next ?? 'kubectl --namespace=observability get configmaps -l app.kubernetes.io/name=gateway -o yaml',
      about: ['gateway', ...new Set(all.map(({ program }) => program.component))],
    }));
  },
};
