import { get, list, text, type Json, type Path } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unlimited-project',
    family: 'gitops',
    severity: 'error',
    description: 'An AppProject allows any repository, destination or kind.',
    why: 'Whoever can change one Application can then change the whole cluster.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  kinds: ['AppProject'],
  *manifest(manifest) {
    for (const path of wildcards(manifest.body)) {
      yield {
        place: inManifest(manifest, 'spec', ...path),
        message: `the project \`${manifest.name}\` allows any ${String(path.at(-1)) === 'kind' ? 'kind' : (WHAT[String(path[0])] ?? '')}`,
        help: 'name those that its Applications need',
      };
    }
  },
};

const WHAT: Readonly<Record<string, string>> = { sourceRepos: 'repository', destinations: 'destination' };

/** Paths below `spec` where everything is allowed. A project whose Applications manage Argo CD itself needs kinds, not all of them. */
function* wildcards(project: Json): Iterable<Path> {
  const repositories = list(project, 'spec', 'sourceRepos').indexOf('*');
  if (repositories >= 0) yield ['sourceRepos', repositories];
  for (const [index, destination] of list(project, 'spec', 'destinations').entries()) {
    if (text(destination, 'namespace') === '*') yield ['destinations', index, 'namespace'];
    if (text(destination, 'server') === '*') yield ['destinations', index, 'server'];
  }
  for (const key of ['clusterResourceWhitelist', 'namespaceResourceWhitelist']) {
    for (const [index, allowed] of list(project, 'spec', key).entries()) {
      if (get(allowed, 'kind') === '*') yield [key, index, 'kind'];
    }
  }
}
