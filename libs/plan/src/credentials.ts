import { UNTENANTED, type ClusterSpec } from '@lgtm-fleet/spec';
import type { CredentialPlan, Plan, ReadIds } from './types.ts';

/** Everybody who may sign in at the gateway of a hub: tenants, those who write for them, and readers of several. */
export function planCredentials({ spec }: ClusterSpec): readonly CredentialPlan[] {
  if (spec.role === 'edge') return [];
  const adopting = new Set(spec.tenants.filter(({ adopts }) => adopts === 'untenanted').map(({ name }) => name));
  const own = spec.selfMonitoring?.tenant;
  return [
    ...spec.tenants.map((tenant): CredentialPlan => ({
      name: tenant.name,
      kind: tenant.credential,
      writes: tenant.name,
      ...reading([tenant.name], adopting),
      groups: [...tenant.viewers, ...tenant.editors],
      why: 'the tenant itself',
    })),
    ...spec.tenants.flatMap((tenant) =>
      tenant.writers.map((writer): CredentialPlan => ({
        name: writer.name,
        kind: writer.credential,
        writes: tenant.name,
        ...reading([], adopting),
        groups: [],
        why: `writes for ${tenant.name}, and reads nothing`,
      })),
    ),
    ...(own === undefined
      ? []
      : [
          {
            name: own,
            kind: 'password',
            writes: own,
            ...reading([own], adopting),
            groups: [],
            why: "the stack's own telemetry",
          } as const,
        ]),
    ...spec.readers.map((reader): CredentialPlan => ({
      name: reader.name,
      kind: reader.credential,
      ...reading(reader.tenants, adopting),
      groups: reader.groups,
      why: `reads ${reader.tenants.join(', ')} together, and writes nothing`,
    })),
  ];
}

/** Whether anybody shows a credential of that kind. */
export function signsInBy(credentials: readonly CredentialPlan[], kind: CredentialPlan['kind']): boolean {
  return credentials.some((credential) => credential.kind === kind);
}

function reading(tenants: readonly string[], adopting: ReadonlySet<string>): Pick<CredentialPlan, 'reads' | 'readIds'> {
  const ids = (signal: keyof ReadIds): readonly string[] => [
    ...tenants,
    ...(tenants.some((tenant) => adopting.has(tenant)) ? [UNTENANTED[signal]] : []),
  ];
  return { reads: tenants, readIds: { metrics: ids('metrics'), logs: ids('logs'), traces: ids('traces') } };
}

/** Who reads the most ids of a store at once, where anybody reads more than one: then the store must allow it. */
export function federated(
  { credentials }: Pick<Plan, 'credentials'>,
  signal: keyof ReadIds,
): CredentialPlan | undefined {
  const [most] = credentials.toSorted((left, right) => right.readIds[signal].length - left.readIds[signal].length);
  return most !== undefined && most.readIds[signal].length > 1 ? most : undefined;
}
