import { get, list, text, type Json, type Path, type Workload } from '@lgtm-fleet/manifests';
import { inConfig, inManifest } from '../place.ts';
import type { Place } from '../types.ts';
import type { Program } from './program.ts';
import { settingOf, type Ring } from './rings.ts';

/** The zone that a member of a ring says it is in. */
export interface MemberZone {
  readonly program: Program;
  /** Empty where it says none; `undefined` where the manifests do not tell, as of a variable from elsewhere. */
  readonly zone: string | undefined;
  /** Where it is said: the variable that fills it in, or the configuration. */
  readonly place: Place;
}

/** The zones that the members of a ring say they are in, a workload each. */
export function zonesOf(ring: Ring): readonly MemberZone[] {
  return ring.programs.map((program) => {
    const setting = settingOf(program, ring.zones.own);
    const { manifest } = program.workload;
    const place = inManifest(manifest, ...program.container.path, 'env');
    if (setting === undefined) {
      const { config } = program;
      const [path = []] = ring.zones.own.paths;
      return { program, zone: '', place: config === undefined ? place : inConfig(config, ...path) };
    }
    if (typeof setting.value !== 'string') return { program, zone: undefined, place: setting.place };
    const name = /^\$\{?(\w+)/.exec(setting.value)?.[1];
    if (name === undefined) return { program, zone: setting.value, place: setting.place };
    const variable = program.container.env[name];
    if (variable === undefined) return { program, zone: /:(.*)\}$/.exec(setting.value)?.[1] ?? '', place };
    const index = list(program.container.body, 'env').findIndex((entry) => text(entry, 'name') === name);
    return {
      program,
      zone: valueOf(variable, program),
      place: inManifest(manifest, ...program.container.path, 'env', index, 'value'),
    };
  });
}

function valueOf(variable: Json, { workload }: Program): string | undefined {
  const field = text(variable, 'valueFrom', 'fieldRef', 'fieldPath');
  const label = field === undefined ? undefined : /^metadata\.labels\['(.+)'\]$/.exec(field)?.[1];
  if (label !== undefined) return workload.labels[label];
  return get(variable, 'valueFrom') === undefined ? (text(variable, 'value') ?? '') : undefined;
}

/** The members of each zone; `undefined` where somebody's zone is not known. */
export function membersByZone(ring: Ring): ReadonlyMap<string, readonly MemberZone[]> | undefined {
  const byZone = new Map<string, MemberZone[]>();
  for (const member of zonesOf(ring)) {
    if (member.zone === undefined) return undefined;
    byZone.set(member.zone, [...(byZone.get(member.zone) ?? []), member]);
  }
  return byZone;
}

/** A zone of the cluster that a workload must run in, and where that stands. */
export interface PinnedZone {
  readonly zone: string;
  readonly path: Path;
}

const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** The zones that the nodes of a workload may be in; empty where any node will do. */
export function pinnedZones(workload: Workload): readonly PinnedZone[] {
  const selected = text(workload.pod, 'nodeSelector', ZONE_LABEL);
  if (selected !== undefined) return [{ zone: selected, path: [...workload.podPath, 'nodeSelector', ZONE_LABEL] }];
  const terms = [
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ] as const;
  return list(workload.pod, ...terms).flatMap((term, at) =>
    list(term, 'matchExpressions').flatMap((expression, index) => {
      if (text(expression, 'key') !== ZONE_LABEL || text(expression, 'operator') !== 'In') return [];
      return list(expression, 'values').flatMap((zone, value) =>
        typeof zone === 'string'
          ? [{ zone, path: [...workload.podPath, ...terms, at, 'matchExpressions', index, 'values', value] }]
          : [],
      );
    }),
  );
}
