import { annotationsOf, describe, type Manifest, type Path } from '@lgtm-fleet/manifests';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { inManifest, inSpec } from './place.ts';
import type { Place, Report } from './types.ts';
import type { ClusterView } from './view/cluster.ts';

/** An annotation `ignore.lgtm-fleet.dev/<rule>: <reason>` on an object silences a rule there. */
const PREFIX = 'ignore.lgtm-fleet.dev/';

/** Somebody's word that a finding is known and accepted. */
interface Suppression {
  readonly rule: string;
  readonly reason: string;
  readonly place: Place;
  readonly covers: (place: Place) => boolean;
}

export interface Suppressions {
  /** True where the report is silenced; the suppression then counts as used. */
  readonly silence: (rule: string, place: Place) => boolean;
  /** What is wrong with the suppressions themselves; asked when all rules have run. */
  readonly faults: () => readonly {
    readonly rule: 'unused-suppression' | 'unexplained-suppression';
    readonly report: Report;
  }[];
}

/** All suppressions of a cluster: those of its spec and those on its objects. */
export function suppressionsOf(cluster: ClusterView, known: ReadonlySet<string>): Suppressions {
  const all = [...ofSpec(cluster.name, cluster.spec), ...cluster.manifests.flatMap(ofManifest)];
  const byRule = Map.groupBy(all, ({ rule }) => rule);
  const used = new Set<Suppression>();
  return {
    silence: (rule, place) => {
      const hits = (byRule.get(rule) ?? []).filter(({ covers, reason }) => reason.trim() !== '' && covers(place));
      for (const hit of hits) used.add(hit);
      return hits.length > 0;
    },
    faults: () => all.flatMap((suppression) => faultsOf(suppression, known, used)),
  };
}

function faultsOf(
  suppression: Suppression,
  known: ReadonlySet<string>,
  used: ReadonlySet<Suppression>,
): ReturnType<Suppressions['faults']> {
  const { rule, place, reason } = suppression;
  if (reason.trim() === '') {
    const help = 'say why in its value, or remove it';
    const message = `the suppression of \`${rule}\` gives no reason, so it does not count`;
    return [{ rule: 'unexplained-suppression', report: { place, message, help } }];
  }
  if (used.has(suppression)) return [];
  const message = known.has(rule)
    ? `nothing here is found by \`${rule}\`, which this suppresses`
    : `there is no rule \`${rule}\` to suppress`;
  return [{ rule: 'unused-suppression', report: { place, message, help: 'remove the suppression' } }];
}

function ofSpec(cluster: string, { spec }: ClusterSpec): readonly Suppression[] {
  return spec.lint.suppress.map(({ rule, reason, object }, index) => ({
    rule,
    reason,
    place: inSpec(cluster, 'spec', 'lint', 'suppress', index, 'rule'),
    covers: (place) => object === undefined || objectOf(place) === object,
  }));
}

function ofManifest(manifest: Manifest): readonly Suppression[] {
  return Object.entries(annotationsOf(manifest)).flatMap(([key, reason]) => {
    if (!key.startsWith(PREFIX)) return [];
    const path: Path = ['metadata', 'annotations', key];
    return [
      {
        rule: key.slice(PREFIX.length),
        reason,
        place: inManifest(manifest, ...path),
        covers: (place: Place) => manifestAt(place) === manifest,
      },
    ];
  });
}

/** The object that a place is about, as messages name it. */
export function objectOf(place: Place): string | undefined {
  const manifest = manifestAt(place);
  return manifest === undefined ? undefined : describe(manifest);
}

function manifestAt(place: Place): Manifest | undefined {
  if (place.in === 'manifest') return place.manifest;
  return place.in === 'config' ? place.config.manifest : undefined;
}
