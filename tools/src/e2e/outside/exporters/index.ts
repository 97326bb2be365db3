import type { Exporter } from './exporter.ts';
import { blackbox } from './blackbox.ts';
import { node } from './node.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';

export const exporters = { node, blackbox, postgresql, redis } as const satisfies Readonly<Record<string, Exporter>>;

export type ExporterName = keyof typeof exporters;
export const exporterNames = Object.keys(exporters) as readonly ExporterName[];
