import type { RunbookName } from '@lgtm-fleet/runbooks';
import type { Query, Tile } from '../types.ts';

/** What every panel may say beside its title. */
export interface Words {
  readonly description?: string;
  readonly width?: number;
  readonly height?: number;
  readonly runbook?: RunbookName;
}

/** What panels of every kind have. */
export function shape(
  title: string,
  queries: readonly Query[],
  { description, width, height, runbook }: Words,
  usual: { readonly width: number; readonly height: number },
): Omit<Tile, 'visual'> {
  return {
    title,
    queries,
    width: width ?? usual.width,
    height: height ?? usual.height,
    ...(description !== undefined && { description }),
    ...(runbook !== undefined && { runbook }),
  };
}
