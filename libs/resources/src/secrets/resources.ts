import type { SecretPlan } from '@lgtm-fleet/plan';
import type { Emit, KubernetesObject } from '../types.ts';

/**
 * One ExternalSecret for each Secret of the plan, where a ClusterSecretStore fills them; none where
 * they are made at bootstrap.
 */
export const secrets: Emit = (plan) => {
  const { secretSource } = plan;
  const objectFiles =
    secretSource.kind === 'external-secrets' ? plan.secrets.map((secret) => file(secretSource.store, secret)) : [];
  return { configFiles: [], objectFiles, patchFiles: [] };
};

function file(store: string, secret: SecretPlan) {
  return {
    name: `${secret.namespace}-${secret.name}.yaml`,
    why: capital(secret.why),
    objects: [externalSecret(store, secret)],
  };
}

/** Fields that the API server would fill in are spelt out; Argo CD would call them a difference. */
function externalSecret(store: string, { name, namespace, keys, remoteKey }: SecretPlan): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/name': 'secrets', 'app.kubernetes.io/component': name } },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      // Retain: an ExternalSecret that goes by mistake does not take the stores' keys with it.
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: remoteKey, property: key, ...AS_IT_IS } })),
      // Whatever else is there: what users of the gateway showed before has keys that come and go.
      ...(name === 'gateway-credentials' && { dataFrom: [{ extract: { key: remoteKey, ...AS_IT_IS } }] }),
    },
  };
}

const AS_IT_IS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } as const;

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
