import { ARGOCD_NAMESPACE, givenUp, type Expected } from '@lgtm-fleet/bootstrap';
import type { Client } from './client.ts';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' } as const;

/** Begins the syncs anew that Argo CD has given up; returns their names. */
export async function resume(client: Client, expected: readonly Expected[]): Promise<readonly string[]> {
  const applications = (await client.list(APPLICATION, ARGOCD_NAMESPACE)) ?? [];
  const syncs = givenUp(expected, applications);
  for (const { name, operation } of syncs) {
    const path = await client.pathOf({ ...APPLICATION, metadata: { namespace: ARGOCD_NAMESPACE, name } });
    if (path === undefined) continue;
    await client.send({
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: { operation },
    });
  }
  return syncs.map(({ name }) => name);
}
