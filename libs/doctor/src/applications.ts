import type { Application, ClusterObject } from '@lgtm-fleet/bootstrap';
import { get } from './commands.ts';
import { placeOf } from './drift.ts';
import type { Subject } from './subjects.ts';
import type { Found } from './types.ts';
import type { View } from './view.ts';

export type LiveApplication = ClusterObject & Application;

interface Pair {
  readonly planned: ClusterObject;
  readonly live: LiveApplication | undefined;
  /** What all findings about it have in common. */
  readonly found: Pick<Found, 'where' | 'next' | 'about'>;
  readonly component: Subject;
}

/** Every Application that the root makes; none where they could not be read. */
export function applicationsOf(view: View): readonly Pair[] {
  const live = view.live('Application');
  if (live === undefined) return [];
  return view.planned('Application').map((planned) => {
    const { name } = planned.metadata;
    const component = planned.metadata.labels?.['app.kubernetes.io/component'] ?? name;
    return {
      planned,
      live: live.find(({ metadata }) => metadata.name === name),
      component,
      found: {
        where: placeOf('Application', 'argocd', name),
        next: get('application', 'argocd', `${name} -o jsonpath='{.status}'`),
        about: [component],
      },
    };
  });
}
