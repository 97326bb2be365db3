import { findKustomize } from '@lgtm-fleet/render';

/** Kustomize is fetched once before all tests, where this machine has none: not by many at once, each waiting for a download. */
export async function setup(): Promise<void> {
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) throw new Error(`${kustomize.error.message}; ${kustomize.error.help ?? ''}`);
}
