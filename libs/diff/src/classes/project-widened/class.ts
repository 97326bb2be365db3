import { listed, say, words, type Phrase } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { list, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const projectWidened: DangerClass = {
  meta: {
    id: 'project-widened',
    danger: 'D23',
    effect: 'exposure',
    blocks: true,
    description: 'An AppProject allows everything where it named what is allowed.',
    why: 'Whoever can change one Application can then deploy anything anywhere, Argo CD itself included.',
    source: 'Argo CD documentation, projects',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (after?.kind !== 'AppProject') continue;
      const old = wildcards(before);
      const added = [...wildcards(after)].filter((one) => !old.has(one));
      if (added.length === 0) continue;
      yield {
        subject: subjectOf(change),
        message: say`the AppProject ${after.name} allows everything in ${listed(added)}`,
        consequence: say`an Application of it may ${listed(freedoms(added))}, whatever was allowed before`,
        changes: [change],
      };
    }
  },
};

const LISTS = ['sourceRepos', 'destinations', 'clusterResourceWhitelist', 'namespaceResourceWhitelist'];

/** What each of the lists limits. */
function freedoms(added: readonly string[]): readonly Phrase[] {
  const has = (name: string): boolean => added.some((one) => one.startsWith(name));
  return [
    ...(has('sourceRepos') ? [words('come from any repository')] : []),
    ...(has('destinations') ? [words('go to places that nobody named')] : []),
    ...(has('clusterResource') || has('namespaceResource') ? [words('make objects of kinds that nobody named')] : []),
  ];
}

/** Places of a project that a star stands in: `destinations.namespace`. */
function wildcards(project: Manifest | undefined): ReadonlySet<string> {
  const found = LISTS.flatMap((name) => list(project?.body, 'spec', name).flatMap((entry) => stars(name, entry)));
  return new Set(found);
}

function stars(name: string, entry: Json): readonly string[] {
  if (entry === '*') return [name];
  if (typeof entry !== 'object' || entry === null) return [];
  return Object.entries(entry).flatMap(([field, value]) => (value === '*' ? [`${name}.${field}`] : []));
}
