export { dependencyWalk } from './dependencies.ts';
export type { KustomizeDependencies, ReadFile } from './dependencies.ts';
export { findKustomize } from './kustomize.ts';
export type { FoundKustomize, Kustomize } from './kustomize.ts';
export { render, renderAll, renderGroups, type FolderGroup, type RenderedGroup } from './render.ts';
export type { Rendered } from './render.ts';
