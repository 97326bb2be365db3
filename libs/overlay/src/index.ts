export { applicationFiles, thirdParties } from './applications.ts';
export { GENERATED } from './header.ts';
export { networkPolicies } from './network-policies.ts';
export { foldersRead, overlayFiles } from './overlay.ts';
export { objectNames } from './patches.ts';
export type { FileTree } from './types.ts';
