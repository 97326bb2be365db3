import type { LivePod } from './view.ts';

export function isReady({ metadata, status }: LivePod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status?.conditions?.some(({ type, status: on }) => type === 'Ready' && on === 'True') === true
  );
}
