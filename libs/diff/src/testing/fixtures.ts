import { describe, isObject, labelsOf, manifestOf, object, strings, text, type Manifest } from '@lgtm-fleet/manifests';
import { loadAll } from 'js-yaml';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diff, isBlocking, type Comparison } from '../diff.ts';
import { plain } from '../phrase.ts';
import type { ClusterState, Revision } from '../types.ts';

/** The day of every fixture. */
export const TODAY = '2026-01-15';

export const CLASSES = join(import.meta.dirname, '../classes');

export interface Fixture {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly base: Revision;
  readonly head: Revision;
  readonly expected: string;
}

export const classFolders: readonly string[] = readdirSync(CLASSES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

export function fixturesOf(id: string): readonly Fixture[] {
  return readdirSync(join(CLASSES, id, 'fixtures'))
    .toSorted()
    .map((name) => {
      const folder = join(CLASSES, id, 'fixtures', name);
      const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
      return {
        id,
        name,
        folder,
        base: revision(read('base.yaml')),
        head: revision(read('head.yaml')),
        expected: read('expected.txt'),
      };
    });
}

/** Documents of YAML: a cluster file begins a cluster, and what follows is its objects. */
export function revision(yaml: string): Revision {
  const clusters: { name: string; labels: Readonly<Record<string, string>>; manifests: Manifest[] }[] = [];
  for (const document of loadAll(yaml)) {
    if (!isObject(document)) continue;
    if (document['apiVersion'] === 'lgtm-fleet/v1') {
      const name = text(document, 'metadata', 'name') ?? '';
      clusters.push({ name, labels: strings(object(document, 'metadata'), 'labels'), manifests: [] });
      continue;
    }
    const cluster = clusters.at(-1);
    const manifest = manifestOf(document, '');
    if (cluster === undefined || manifest === undefined)
      throw new Error('a fixture has an object outside of a cluster');
    const component = labelsOf(manifest)['app.kubernetes.io/name'];
    const folder = component === undefined ? `clusters/${cluster.name}` : `overlays/${cluster.name}/${component}`;
    cluster.manifests.push({ ...manifest, folder });
  }
  return { clusters };
}

/** One cluster with some objects. */
export function oneCluster(manifests: readonly Manifest[], name = 'prod-eu'): Revision {
  const cluster: ClusterState = { name, labels: { environment: 'production' }, manifests };
  return { clusters: [cluster] };
}

/** What a comparison comes to, for the files `expected.txt`. */
export function summary(comparison: Comparison): string {
  const { dangers, changes, failures } = comparison;
  const lines = [
    ...failures.map(({ id, message }) => `FAILED ${id}: ${message}`),
    ...dangers.flatMap((danger) => [
      `${danger.effect} ${danger.meta.id} ${danger.address}${isBlocking(danger) ? '' : ' (does not block)'}`,
      `  ${plain(danger.message)}`,
      `  ${plain(danger.consequence)}`,
    ]),
    ...(dangers.length === 0 ? ['no danger'] : []),
    '',
    ...changes.map(
      ({ change, effect }) =>
        `${effect}: ${change.action} ${change.cluster} ${describe(change)}${change.rolls.length === 0 ? '' : `, restarts ${change.rolls.join(', ')}`}`,
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

export function compare({ base, head }: Pick<Fixture, 'base' | 'head'>): Comparison {
  return diff(base, head, { today: TODAY });
}
