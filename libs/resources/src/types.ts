import type { ComponentPlan, Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { OwnedGroup } from './rules/index-file.ts';

/** A program's own configuration file; the overlay puts it into a ConfigMap. */
export type ConfigFile = {
  /** File name in the overlay's folder, and key in the ConfigMap unless said: `loki.yaml`. */
  readonly name: string;
  /** Key in the ConfigMap where it is not the file's name. */
  readonly key?: string;
  readonly configMap: string;
  /** True: a change of the file changes the ConfigMap's name and rolls the pods. */
  readonly hashed: boolean;
} & (
  | { readonly form: 'yaml'; readonly value: YamlValue; readonly comments?: Readonly<Record<string, string>> }
  /** JSON has no comments: the header goes into this key, before what stands there. */
  | { readonly form: 'json'; readonly value: Readonly<Record<string, YamlValue>>; readonly headerIn: string }
  /** `comment` is what starts a comment line in this program's own form, for the header. */
  | { readonly form: 'text'; readonly text: string; readonly comment: '#' | '//' | ';' }
);

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: YamlValue | undefined;
}

/** Objects that exist only because of the spec, beside those of the base. */
export interface ObjectFile {
  /** File name in the overlay's folder: `http-route.yaml`. */
  readonly name: string;
  /** Why the file is there; it stands at its head. */
  readonly why: string;
  readonly objects: readonly KubernetesObject[];
}

/** A patch with one reason to change. */
export interface PatchFile {
  /** File name in `patches/` of the overlay's folder: `database.yaml`. */
  readonly name: string;
  readonly why: string;
  /** Strategic merge patches, one document each. */
  readonly patches: readonly KubernetesObject[];
}

/** What one component needs beyond what every component gets (replicas, resources, volumes, zones, policies). */
export interface ComponentResources {
  readonly configFiles: readonly ConfigFile[];
  readonly objectFiles: readonly ObjectFile[];
  readonly patchFiles: readonly PatchFile[];
}

/** What a person has written beside the cluster file, and a component carries on. */
export interface ByHand {
  /** Groups of rules, from `clusters/<cluster>/rules/`. */
  readonly rules: readonly OwnedGroup[];
}

/** Each folder beside this file exports one such function from `resources.ts`. */
export type Emit = (plan: Plan, component: ComponentPlan, byHand?: ByHand) => ComponentResources;
