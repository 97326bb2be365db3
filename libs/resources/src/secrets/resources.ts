import type { Plan, SecretPlan } from '@lgtm-fleet/plan';
import type { Emit, KubernetesObject } from '../types.ts';

/**
 * One ExternalSecret for each Secret of the plan, where a ClusterSecretStore fills them; none where
 * they are made at bootstrap.
 */
export const secrets: Emit = (plan) => {
  const { secretStore } = plan;
  const objectFiles =
    secretStore === undefined ? [] : plan.secrets.map((secret) => file(plan.cluster, secretStore, secret));
  return { configFiles: [], objectFiles, patchFiles: [] };
};

/**
 * Where a Secret's values lie in the store: the same for every namespace of a cluster, so that a
 * tenant's password is one value wherever it is read.
 */
export function remoteKey(cluster: Plan['cluster'], secret: SecretPlan['name']): string {
  return `lgtm-fleet/${cluster}/${secret}`;
}

function file(cluster: string, store: string, secret: SecretPlan) {
  return {
    name: `${secret.namespace}-${secret.name}.yaml`,
    why: capital(secret.why),
    objects: [externalSecret(cluster, store, secret)],
  };
}

/** Fields that the API server would fill in are spelt out; Argo CD would call them a difference. */
function externalSecret(cluster: string, store: string, { name, namespace, keys }: SecretPlan): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/name': 'secrets', 'app.kubernetes.io/component': name } },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      // Retain: an ExternalSecret that goes by mistake does not take the stores' keys with it.
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: keys.map((key) => ({
        secretKey: key,
        remoteRef: {
          key: remoteKey(cluster, name),
          property: key,
          conversionStrategy: 'Default',
          decodingStrategy: 'None',
          metadataPolicy: 'None',
        },
      })),
    },
  };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
