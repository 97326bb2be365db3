import type { FolderName } from './types.ts';

/** A folder of Grafana. Uids never change: links name them. */
export interface Folder {
  readonly name: FolderName;
  readonly uid: string;
  readonly title: string;
}

export const folders: readonly Folder[] = [
  { name: 'fleet', uid: 'lgtm-fleet', title: 'LGTM Fleet' },
  { name: 'kubernetes', uid: 'lgtm-kubernetes', title: 'Kubernetes' },
  { name: 'services', uid: 'lgtm-services', title: 'Services' },
];
