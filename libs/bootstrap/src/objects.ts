/**
 * What is read of a cluster's objects. An API server may leave out nearly everything, so nearly everything
 * is optional; what is not named here is not looked at.
 */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly generation?: number;
  /** Who wrote which part of it, and when. */
  readonly managedFields?: readonly ManagedFields[];
}

/** Who wrote fields of an object, and when. */
export interface ManagedFields {
  readonly manager?: string;
  readonly time?: string;
  readonly subresource?: string;
}

export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [key: string]: unknown;
}

export interface Condition {
  readonly type: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
  readonly lastState?: {
    readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly message?: string };
  };
}

export interface Pod {
  readonly metadata: Metadata;
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly restartPolicy?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}

export interface Event {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
}

export interface Claim {
  readonly metadata: Metadata;
  readonly spec?: { readonly storageClassName?: string };
  readonly status?: { readonly phase?: string };
}

export interface Autoscaler {
  readonly metadata: Metadata;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface ApplicationSource {
  readonly repoURL?: string;
  readonly targetRevision?: string;
  readonly path?: string;
}

/** Argo CD's. */
export interface Application {
  readonly metadata: Metadata;
  readonly spec?: {
    readonly source?: ApplicationSource;
    readonly sources?: readonly ApplicationSource[];
    readonly destination?: { readonly namespace?: string };
  };
  readonly status?: {
    readonly sync?: {
      readonly status?: string;
      readonly revision?: string;
      /** What that status is about: after a change of the spec, for a moment, still the source before. */
      readonly comparedTo?: { readonly source?: ApplicationSource };
    };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly conditions?: readonly Condition[];
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly syncResult?: {
        readonly resources?: readonly {
          readonly kind?: string;
          readonly name?: string;
          readonly status?: string;
          readonly hookPhase?: string;
          readonly message?: string;
        }[];
      };
    };
  };
}

/** Annotation that Argo CD puts on what it manages: whose it is. */
export const TRACKING = 'argocd.argoproj.io/tracking-id';
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
export const PART_OF = 'app.kubernetes.io/part-of';
export const INSTANCE = 'app.kubernetes.io/instance';
export const LGTM_FLEET = 'lgtm-fleet';
export const ARGOCD_NAMESPACE = 'argocd';
