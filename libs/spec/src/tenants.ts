import type { Fault } from './fault.ts';
import type { ClusterSpec } from './schema.ts';

/** Tenants have a name and namespaces of their own, and share the whole load. */
export function tenants({ spec }: ClusterSpec): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  const names = new Set<string>();
  let given = 0;
  spec.tenants.forEach((tenant, index) => {
    const path = ['spec', 'tenants', index];
    const folded = tenant.name.toLowerCase();
    if (names.has(folded))
      faults.push({
        id: 'duplicate-tenant',
        path: [...path, 'name'],
        message: `the tenant \`${tenant.name}\` is declared twice`,
        help: 'names that differ only in case count as one',
      });
    names.add(folded);
    given += tenant.load ?? 0;
    tenant.namespaces.forEach((namespace, at) => {
      const owner = seen.get(namespace);
      if (owner !== undefined)
        faults.push({
          id: 'shared-namespace',
          path: [...path, 'namespaces', at],
          message: `the namespace \`${namespace}\` is \`${owner}\`'s already`,
          help: 'a namespace has one tenant',
        });
      seen.set(namespace, tenant.name);
    });
  });
  const open = spec.tenants.some((tenant) => tenant.load === undefined);
  const sum = Math.round(given * 1e4) / 1e4;
  if (sum > 1 || (!open && sum !== 1))
    faults.push({
      id: 'tenant-loads',
      path: ['spec', 'tenants'],
      atKey: true,
      message: `the tenants' loads add up to ${String(Math.round(sum * 1e4) / 100)}%`,
      label: 'expected 100%',
    });
  return faults;
}
