import type { CredentialPlan, OrganisationPlan, TenantPlan } from './types.ts';

/**
 * Who sees what in Grafana, whose data sources are open to everybody in their organisation: so each tenant
 * that has people, and each reader that has, is an organisation of its own, and the main one is for
 * administrators. One tenant alone needs no other: its people are in the main one (docs/adr/0011).
 */
export function planOrganisations(
  tenants: readonly TenantPlan[],
  credentials: readonly CredentialPlan[],
): readonly OrganisationPlan[] {
  const reading = credentials.filter(({ reads }) => reads.length > 0);
  const everything = reading.map(({ name }) => name);
  const [only] = tenants;
  if (tenants.length === 1 && only !== undefined) {
    const { viewers, editors } = only;
    const others = reading.flatMap(({ writes, groups }) => (writes === undefined ? groups : []));
    return [{ credentials: everything, viewers: [...new Set([...viewers, ...others])], editors }];
  }
  return [
    { credentials: everything, viewers: [], editors: [] },
    ...tenants
      .filter(({ viewers, editors }) => viewers.length + editors.length > 0)
      .map(({ name, viewers, editors }) => ({ name, credentials: [name], viewers, editors })),
    ...reading
      .filter(({ writes, groups }) => writes === undefined && groups.length > 0)
      .map(({ name, groups }) => ({ name, credentials: [name], viewers: groups, editors: [] })),
  ];
}
