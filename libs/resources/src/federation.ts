import type { CredentialPlan, ReadIds } from '@lgtm-fleet/plan';

/** Why a store answers questions of several tenants: who asks them. */
export function federatedFor({ name, readIds }: CredentialPlan, signal: keyof ReadIds): string {
  const ids = readIds[signal];
  const named = ids.length > 4 ? `${ids.slice(0, 3).join(', ')} and ${String(ids.length - 3)} more` : ids.join(', ');
  return `Reader ${name}: ${named} together`;
}
