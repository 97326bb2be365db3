import type { ClusterPair } from '../types.ts';
import type { Side } from './side.ts';

/** A program that runs in another version. */
export interface Upgrade {
  readonly program: string;
  readonly before: string;
  readonly after: string;
  readonly from: Version;
  readonly to: Version;
  /** Workloads that run it, after. */
  readonly workloads: readonly string[];
}

export type Version = readonly [major: number, minor: number, patch: number];

/** Numbers of a tag; undefined for tags that have none, such as `latest`. */
export function version(tag: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?![\d])/.exec(tag) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
}

export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** Programs whose version differs: the newest before against the oldest after, so that no step back is missed. */
export function upgrades({ before, after }: ClusterPair): readonly Upgrade[] {
  const [old, now] = [tags(before), tags(after)];
  return [...now].flatMap(([program, runs]) => {
    const from = extreme(old.get(program) ?? [], 1);
    const to = extreme(runs, -1);
    if (from === undefined || to === undefined || compareVersions(from.version, to.version) === 0) return [];
    return [
      {
        program,
        before: from.tag,
        after: to.tag,
        from: from.version,
        to: to.version,
        workloads: [...new Set(runs.map(({ workload }) => workload))],
      },
    ];
  });
}

interface Run {
  readonly tag: string;
  readonly version: Version;
  readonly workload: string;
}

function tags(side: Side): ReadonlyMap<string, readonly Run[]> {
  const runs = side.workloads.flatMap(({ kind, name, containers }) =>
    containers.flatMap(({ program, tag }) => {
      const read = version(tag);
      return read === undefined ? [] : [{ program, tag, version: read, workload: `${kind}/${name}` }];
    }),
  );
  return Map.groupBy(runs, ({ program }) => program);
}

function extreme(runs: readonly Run[], sign: 1 | -1): Run | undefined {
  return runs.toSorted((left, right) => sign * compareVersions(right.version, left.version))[0];
}
