import type { Emit } from '../types.ts';

/** Flags alone configure it, and they are the same on every cluster. */
export const kubeStateMetrics: Emit = () => ({ configFiles: [], objectFiles: [], patchFiles: [] });
