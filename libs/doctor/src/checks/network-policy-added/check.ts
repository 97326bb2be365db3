import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { policySubjects } from '../../policies.ts';
import type { Check } from '../../types.ts';

/** One more policy of plain Kubernetes never opens anything to pods that have one; what denies is Cilium's or a new selection. */
export const check: Check = {
  id: 'network-policy-added',
  layer: 'inputs',
  runbook: 'network-policy-blocking',
  find: (view) => {
    const planned = new Set([...view.planned('NetworkPolicy'), ...view.planned('CiliumNetworkPolicy')].map(key));
    // Where nothing is planned, rendering failed, and everything would seem to be added.
    if (planned.size === 0) return [];
    return [...(view.live('NetworkPolicy') ?? []), ...(view.live('CiliumNetworkPolicy') ?? [])]
      .filter((policy) => !planned.has(key(policy)))
      .map((policy) => {
        const { namespace, name } = policy.metadata;
        return {
          severity: 'error',
          what: `${policy.kind} ${name} is not in git`,
          where: placeOf(policy.kind, namespace, name),
          why: [
            `it holds for pods in namespace ${namespace ?? ''}, and lets through only what it names`,
            `it was made at ${policy.metadata.creationTimestamp ?? 'a time that is not known'}`,
          ],
          next: describe(policy.kind, namespace, name),
          about: policySubjects(view, policy),
        };
      });
  },
};

function key({
  kind,
  metadata,
}: {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
}): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
