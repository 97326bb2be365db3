import type { Application, ClusterObject } from './objects.ts';
import type { Expected } from './states.ts';

/** What `argocd app sync` writes into an Application. */
export interface Operation {
  readonly initiatedBy: { readonly username: string };
  readonly sync: { readonly prune: boolean; readonly syncOptions: readonly string[] };
  readonly retry?: unknown;
}

interface Automated {
  readonly spec?: {
    readonly syncPolicy?: {
      readonly automated?: { readonly prune?: boolean };
      readonly syncOptions?: readonly string[];
      readonly retry?: unknown;
    };
  };
  readonly operation?: unknown;
}

/**
 * Syncs that nobody would try again: of a revision whose sync has failed as often as it may, Argo CD waits for the
 * next commit, also when the cause is gone. What is paused, or syncs now, is left alone.
 */
export function givenUp(
  expected: readonly Expected[],
  applications: readonly ClusterObject[],
): readonly { readonly name: string; readonly operation: Operation }[] {
  const names = new Set(expected.map(({ name }) => name));
  return applications.flatMap((object) => {
    const { metadata, status, spec, operation } = object as ClusterObject & Application & Automated;
    const phase = status?.operationState?.phase;
    const { automated, syncOptions = [], retry } = spec?.syncPolicy ?? {};
    if (!names.has(metadata.name) || automated === undefined || operation !== undefined) return [];
    if ((phase !== 'Failed' && phase !== 'Error') || status?.sync?.status === 'Synced') return [];
    return [
      {
        name: metadata.name,
        operation: {
          initiatedBy: { username: 'lgtm-fleet' },
          sync: { prune: automated.prune === true, syncOptions },
          ...(retry !== undefined && { retry }),
        },
      },
    ];
  });
}
