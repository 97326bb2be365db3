import type { Plan, SecretPlan } from '@lgtm-fleet/plan';
import type { ComponentResources, KubernetesObject } from '../types.ts';

/**
 * Where a secret store fills the Secrets: one ExternalSecret for each, in the namespace that reads it.
 * Every field that the API server would fill in is said, so that Argo CD sees no difference.
 */
export function secrets(plan: Plan): ComponentResources {
  const { secretStore } = plan;
  if (secretStore === undefined) return { configFiles: [], objectFiles: [], patchFiles: [] };
  return {
    configFiles: [],
    objectFiles: [
      {
        name: 'external-secrets.yaml',
        why: `Secrets that the stack reads, filled from the store ${secretStore} by the External Secrets Operator.\nOnly their names are here; values never are.`,
        objects: plan.secrets.map((secret) => externalSecret(secret, secretStore)),
      },
    ],
    patchFiles: [],
  };
}

function externalSecret({ name, namespace, keys, remoteKey }: SecretPlan, store: string): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/name': 'secrets', 'app.kubernetes.io/component': name } },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      // A secret that is gone from the store stays here: losing it would stop the stack, keeping it costs nothing.
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: keys.map((key) => ({
        secretKey: key,
        remoteRef: { key: remoteKey, property: key, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' },
      })),
    },
  };
}
