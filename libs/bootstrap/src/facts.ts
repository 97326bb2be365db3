import type { Metadata } from './objects.ts';

export interface Amount {
  readonly milliCpu: number;
  readonly memoryBytes: number;
}

export interface NodeFacts {
  readonly name: string;
  /** Ready, not cordoned, and without a taint that keeps ordinary pods away. */
  readonly usable: boolean;
  readonly allocatable: Amount;
  /** What pods of others ask for on it. */
  readonly taken: Amount;
  readonly zone?: string;
}

/** An Argo CD that runs in the cluster. */
export interface ArgocdFacts {
  readonly namespace: string;
  /** From its image: `v3.6.1`. Absent where the image says none. */
  readonly version?: string;
}

/** Something that bootstrap has to do, in the words of an access review. */
export interface Access {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
}

/** What a cluster is, as far as a plan cares. What may not be read is absent. */
export interface ClusterFacts {
  /** As the server says it: `v1.36.2+k3s1`. */
  readonly serverVersion: string;
  readonly storageClasses?: readonly { readonly name: string; readonly isDefault: boolean }[];
  readonly nodes?: readonly NodeFacts[];
  /** Names of CustomResourceDefinitions. */
  readonly definitions?: readonly string[];
  /** Whether `metrics.k8s.io` answers. */
  readonly metricsApi: boolean;
  /** Of the namespaces that the plan and Argo CD use, those that exist. */
  readonly namespaces: readonly Metadata[];
  readonly argocd: readonly ArgocdFacts[];
  readonly denied: readonly Access[];
  /** Gateways as `namespace/name`; absent where the kind is unknown. */
  readonly gateways?: readonly string[];
  /** Names of GatewayClasses, IngressClasses and cert-manager's ClusterIssuers; each absent where the kind is unknown. */
  readonly gatewayClasses?: readonly string[];
  readonly ingressClasses?: readonly string[];
  readonly issuers?: readonly string[];
  /** Names of ClusterSecretStores; absent where the kind is unknown. */
  readonly secretStores?: readonly string[];
}

export interface Finding {
  /** Kebab-case, names the bad thing: `no-storage-class`. */
  readonly id: string;
  /** `error` stops bootstrap before it changes anything. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly help?: string;
}

export function error(id: string, message: string, help?: string): Finding {
  return { id, severity: 'error', message, ...(help !== undefined && { help }) };
}

export function warning(id: string, message: string, help?: string): Finding {
  return { id, severity: 'warning', message, ...(help !== undefined && { help }) };
}

export function note(id: string, message: string, help?: string): Finding {
  return { id, severity: 'note', message, ...(help !== undefined && { help }) };
}
