import type { SourcePlan } from '@lgtm-fleet/plan';
import { kindOf, type SourceKind } from '@lgtm-fleet/spec';
import { azureMonitor } from './azure-monitor.ts';
import { azure } from './azure.ts';
import { cloudwatch } from './cloudwatch.ts';
import { consul } from './consul.ts';
import { dns } from './dns.ts';
import { ec2 } from './ec2.ts';
import { gce } from './gce.ts';
import { gcp } from './gcp.ts';
import { http } from './http.ts';
import { blackbox } from './blackbox.ts';
import { elasticsearch } from './elasticsearch.ts';
import { kafka } from './kafka.ts';
import type { Targets, TargetsOf } from './kind.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';
import { snmp } from './snmp.ts';
import { fixed } from './static.ts';

const kinds: { readonly [K in SourceKind]: TargetsOf<K> } = {
  static: fixed,
  dns,
  http,
  consul,
  ec2,
  azure,
  gce,
  cloudwatch,
  azureMonitor,
  gcp,
  blackbox,
  snmp,
  postgresql,
  mysql,
  redis,
  kafka,
  mongodb,
  elasticsearch,
};

/** The targets of a source, by its kind. */
export function targetsOf(source: SourcePlan, label: string): Targets {
  const kind = kindOf(source);
  if (kind === undefined) throw new Error(`the source ${source.name} has no kind`);
  return ofKind(kind, source[kind], source, label);
}

function ofKind<K extends SourceKind>(kind: K, settings: SourcePlan[K], source: SourcePlan, label: string): Targets {
  if (settings === undefined) throw new Error(`the source ${source.name} is no ${kind}`);
  return kinds[kind](settings, source, label);
}
