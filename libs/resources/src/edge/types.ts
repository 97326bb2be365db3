import type { YamlValue } from '@lgtm-fleet/yaml';

/** A file for somebody outside the cluster, who gets it by hand; no object of Kubernetes. */
export type EdgeFile = {
  /** File name in the folder: `config.alloy`. */
  readonly name: string;
  /** Why the file is there, and where it goes; it stands at its head. */
  readonly why: string;
} & (
  | { readonly form: 'yaml'; readonly value: YamlValue; readonly comments?: Readonly<Record<string, string>> }
  /** `comment` is what starts a comment line in this program's own form, for the header. */
  | { readonly form: 'text'; readonly text: string; readonly comment: '#' | '//' }
);

/** What a group of machines, or somebody who pushes by himself, is given: a folder of its name. */
export interface EdgeFolder {
  readonly name: string;
  readonly files: readonly EdgeFile[];
}
