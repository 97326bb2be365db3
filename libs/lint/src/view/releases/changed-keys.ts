import { get, isObject, type Json, type Path } from '@lgtm-fleet/manifests';
import { inText } from '../../place.ts';
import type { Place } from '../../types.ts';
import type { ClusterView } from '../cluster.ts';
import type { Program } from '../program.ts';
import { KEY_CHANGES, type KeyChange } from './key-changes.ts';
import { propertiesOf } from './lines.ts';
import { isAtLeast, numbersOf } from './versions.ts';
import { keyPlace } from '../key-place.ts';

/** A key of a cluster's files that a version takes away. */
export interface ChangedKey {
  readonly change: KeyChange;
  readonly program: Program;
  /** As written in the file. */
  readonly key: string;
  readonly place: Place;
}

/**
 * The keys in the files of a cluster's programs that were taken away.
 *
 * @param gone true for those that the version which runs refuses, false for those that a later one will
 */
export function changedKeys(cluster: ClusterView, gone: boolean): readonly ChangedKey[] {
  return [...Map.groupBy(KEY_CHANGES, ({ program }) => program)].flatMap(([name, changes]) => {
    const byConfig = new Map(
      cluster.programsOf(name).map((program) => [program.config ?? program.files[0]?.config, program]),
    );
    return [...byConfig].flatMap(([config, program]) => {
      if (config === undefined) return [];
      const own = changes.filter(
        ({ goneIn }) => (goneIn !== undefined && isAtLeast(versionOf(program, cluster), goneIn)) === gone,
      );
      if (name === 'kafka') {
        const properties = program.files.find(({ path }) => path.endsWith('.properties'))?.config;
        const pairs = properties === undefined ? [] : propertiesOf(properties);
        return pairs.flatMap(({ key, span }) => {
          const change = own.find((candidate) => candidate.key === key);
          if (change === undefined || properties === undefined) return [];
          return [{ change, program, key, place: inText(properties, span) }];
        });
      }
      const kept = own.filter(({ unless }) => unless === undefined || get(config.value, ...unless.split('.')) !== true);
      return kept.flatMap((change) =>
        pathsOf(config.value, change.key.split('.')).map((path) => ({
          change,
          program,
          key: path.join('.'),
          place: keyPlace(config, ...path),
        })),
      );
    });
  });
}

/** The version that runs; the pinned one where its tag does not say. */
function versionOf({ name, version }: Program, { plan }: ClusterView): string {
  if (numbersOf(version) !== undefined) return version;
  return Object.entries(plan.releases).find(([release]) => release === name)?.[1].version ?? version;
}

/** Every path of a value that a pattern meets. */
function pathsOf(value: Json | undefined, pattern: readonly string[], before: Path = []): readonly Path[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return value === undefined ? [] : [before];
  if (step !== '*' && isObject(value)) {
    const child = get(value, step);
    return child === undefined ? [] : pathsOf(child, rest, [...before, step]);
  }
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item: Json, index) => [index, item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return entries
    .filter(([key]) => step === '*' || key === step)
    .flatMap(([key, child]) => pathsOf(child, rest, [...before, key]));
}
