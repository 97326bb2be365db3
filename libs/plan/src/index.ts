export { namespaceOf, serviceOf } from './connections/endpoints.ts';
export { plan } from './plan.ts';
export type { Fleet } from './plan.ts';
export { OWN } from './sizing.ts';
export type * from './types.ts';
