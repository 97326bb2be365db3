import type { KubeConfig } from '@kubernetes/client-node';

/** Where an end-to-end run takes place, and what differs from one such place to another. */
export interface Environment {
  /** For the report. */
  readonly name: string;
  /** Of this machine, as its pods reach it. */
  readonly address: string;
  readonly config: KubeConfig;
  /** For `bootstrap --argocd-manifests`; absent where the cluster's machine has the internet. */
  readonly argocdManifests?: string;
  /** For `spec.argocd.mirror`. */
  readonly mirror?: string;
  /** The address at which Argo CD reads the committed state of a git checkout; again after each commit. */
  readonly publish: (checkout: string, name: string) => Promise<string>;
  /** Gives the cluster what images it can; the images that it will not get. */
  readonly load: (manifestFiles: readonly string[]) => Promise<readonly string[]>;
  /** Packages of Debian, unpacked into a folder that is returned; absent where only what is installed may be used. */
  readonly unpack?: (packages: readonly string[]) => Promise<string>;
  /** Ends the programs of a pod as hard as this place can. */
  readonly kill: (pod: { readonly namespace: string; readonly name: string; readonly uid: string }) => Promise<void>;
  /** How hard that is. */
  readonly killing: string;
}
