import type { Plan } from '@lgtm-fleet/plan';

/** Names under which somebody may read at the gateway: tenants, and readers of several; writers may not. */
export function readersOf({ credentials }: Plan): readonly string[] {
  return credentials.filter(({ reads }) => reads.length > 0).map(({ name }) => name);
}

/** Names under which somebody may push at the gateway: tenants, and whoever writes for one; readers may not. */
export function pushersOf({ credentials }: Plan): readonly string[] {
  return credentials.filter(({ writes }) => writes !== undefined).map(({ name }) => name);
}

/** Tenants that are read under a name; one that signs in nowhere is taken for a tenant. */
export function readAs({ credentials }: Plan, name: string): readonly string[] {
  return credentials.find((credential) => credential.name === name)?.reads ?? [name];
}
