import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { applyAll } from '../../kubernetes/apply.ts';
import { remove } from './hands.ts';
import type { Fault } from './types.ts';

/** A policy only ever allows, so this one takes nothing away from who has another: it forbids by selecting alone. */
const POLICY: ClusterObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'observability', name: 'somebody-was-careful' },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }] }] },
};

export const networkPolicyAdded: Fault = {
  name: 'somebody adds a NetworkPolicy that opens everything to everybody',
  paused: [],
  put: async ({ cluster }) => {
    await applyAll(cluster.client, [POLICY], 'somebody');
    return () => remove(cluster, POLICY);
  },
  cause: { checks: ['network-policy-added'], where: /somebody-was-careful/ },
};
