import { clouds } from './clouds.ts';
import { discovery } from './discovery.ts';
import { exporters } from './exporters.ts';
import { loki } from './loki.ts';
import { otelcol } from './otelcol.ts';
import { prometheus } from './prometheus.ts';

/**
 * The components that this repository uses, with their arguments, as Alloy 1.18.1 has them. All are
 * generally available; an argument that wants a lower `--stability.level` is not listed. Typed from
 * the `alloy:"…"` tags of the release's argument structs.
 */
export const components = { ...discovery, ...loki, ...prometheus, ...exporters, ...clouds, ...otelcol } as const;

export type ComponentName = keyof typeof components;
