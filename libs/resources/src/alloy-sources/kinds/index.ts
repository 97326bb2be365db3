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
import type { Targets, TargetsOf } from './kind.ts';
import { fixed } from './static.ts';

type Kinds = { readonly [K in SourceKind]?: TargetsOf<K> };

const kinds: Kinds = {
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
};

/** The targets of a source, by its kind. */
export function targetsOf(source: SourcePlan, label: string): Targets {
  const kind = kindOf(source);
  if (kind === undefined) throw new Error(`the source ${source.name} has no kind`);
  return ofKind(kind, kinds, source, label);
}

function ofKind<K extends SourceKind>(
  kind: K,
  { [kind]: emit }: Pick<Kinds, K>,
  source: SourcePlan,
  label: string,
): Targets {
  const settings = source[kind];
  if (emit === undefined || settings === undefined) throw new Error(`the source ${source.name} is no ${kind}`);
  return emit(settings, source, label);
}
