export { releases } from './releases.ts';
export type { Release, ReleaseName } from './releases.ts';
