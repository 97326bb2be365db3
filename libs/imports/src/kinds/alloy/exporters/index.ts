import { mongodb, mysql, postgres } from './by-data-source.ts';
import { azure, cloudwatch, gcp } from './clouds.ts';
import { blackbox } from './blackbox.ts';
import { elasticsearch } from './elasticsearch.ts';
import type { ReadExporter } from './exporter.ts';
import { kafka } from './kafka.ts';
import { redis } from './redis.ts';
import { snmp } from './snmp.ts';

/** Exporters that the cluster file has a kind of source for, by the last part of their name. */
export const exporters: ReadonlyMap<string, ReadExporter> = new Map(
  Object.entries({ azure, blackbox, cloudwatch, elasticsearch, gcp, kafka, mongodb, mysql, postgres, redis, snmp }),
);

/** Exporters about the machine that Alloy runs on. */
export const OF_MACHINE: ReadonlySet<string> = new Set(['unix', 'windows', 'cadvisor', 'process', 'self']);
