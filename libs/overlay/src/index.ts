export { applicationFiles } from './applications.ts';
export { ARGOCD_NAMESPACE } from './argocd-objects.ts';
export { argocdPatches, type ArgocdPatch } from './argocd.ts';
export { GENERATED } from './header.ts';
export { networkPolicies } from './network-policies.ts';
export { foldersRead, overlayFiles } from './overlay.ts';
export { objectNames } from './patches.ts';
export { thirdParties } from './third-parties.ts';
export type { FileTree } from './types.ts';
