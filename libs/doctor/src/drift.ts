import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { describe, get } from './commands.ts';
import { differences, type Difference } from './differences.ts';
import type { Kind } from './facts.ts';
import { at, textAt } from './records.ts';
import { isOurs } from './rollouts.ts';
import { subjectOf, type Subject } from './subjects.ts';
import type { Found } from './types.ts';
import type { View } from './view.ts';

/** `observability/ConfigMap/loki-config`. */
export function placeOf(kind: string, namespace: string | undefined, name: string): string {
  return namespace === undefined ? `${kind}/${name}` : `${namespace}/${kind}/${name}`;
}

interface Pair {
  readonly planned: ClusterObject;
  readonly live: ClusterObject | undefined;
}

/** Every planned object of a kind beside what lives of it; none where the kind could not be read. */
export function pairs(view: View, kind: Kind): readonly Pair[] {
  if (view.live(kind) === undefined) return [];
  return view
    .planned(kind)
    .map((planned) => ({ planned, live: view.find(kind, planned.metadata.namespace ?? '', planned.metadata.name) }));
}

/** Objects of a kind that git has and the cluster has not. */
export function missing(
  view: View,
  kind: Kind,
  about: (object: ClusterObject) => readonly Subject[] = (object) => [subjectOf(object)],
): readonly Found[] {
  return pairs(view, kind)
    .filter(({ live }) => live === undefined)
    .map(({ planned }) => {
      const { namespace, name } = planned.metadata;
      return {
        severity: 'error',
        what: `${kind} ${name} is gone`,
        where: placeOf(kind, namespace, name),
        why: [`git has it, and namespace ${namespace ?? ''} has not`, ...revisions(view, planned)],
        next: get('applications', 'argocd', applicationOf(view, planned)),
        about: about(planned),
      };
    });
}

/** Objects of a kind that are not what git says. */
export function changed(
  view: View,
  kind: Kind,
  compare: (pair: { readonly planned: ClusterObject; readonly live: ClusterObject }) => readonly Difference[],
  about: (object: ClusterObject) => readonly Subject[] = (object) => [subjectOf(object)],
): readonly Found[] {
  return pairs(view, kind).flatMap(({ planned, live }) => {
    const found = live === undefined ? [] : compare({ planned, live });
    if (found.length === 0) return [];
    const { namespace, name } = planned.metadata;
    return [
      {
        severity: 'error',
        what: `${kind} ${name} is not what git says: ${found
          .map(({ path }) => path)
          .slice(0, 3)
          .join(', ')}`,
        where: placeOf(kind, namespace, name),
        why: [
          ...found.slice(0, 5).map(({ path, planned: wanted, live: is }) => `${path} is ${is}; git says ${wanted}`),
          ...(found.length > 5 ? [`and ${found.length - 5} more`] : []),
          ...writers(live),
          ...revisions(view, planned),
        ],
        next: describe(kind, namespace, name),
        about: about(planned),
      },
    ];
  });
}

/** One part of both, in its own words. */
export function compareAt(
  { planned, live }: { readonly planned: ClusterObject; readonly live: ClusterObject },
  path: readonly string[],
  exact = false,
): readonly Difference[] {
  return differences(at(planned, ...path), at(live, ...path), { exact, path: path.join('.') });
}

export function applicationOf(view: View, planned: ClusterObject): string {
  return `${view.plan.cluster}-${planned.metadata.labels?.['app.kubernetes.io/name'] ?? 'namespaces'}`;
}

/** Who wrote it last, where that is not Argo CD. */
function writers(live: ClusterObject | undefined): readonly string[] {
  const last = (live?.metadata.managedFields ?? [])
    .filter(({ time }) => time !== undefined)
    .toSorted((left, right) => ((left.time ?? '') < (right.time ?? '') ? 1 : -1))
    .find((one) => isOurs(one) && !/argocd/.test(one.manager ?? ''));
  return last?.manager === undefined ? [] : [`last written by ${last.manager} at ${last.time ?? ''}`];
}

/** Where the cluster has another revision than this checkout, a difference may be a commit that is on its way. */
function revisions(view: View, planned: ClusterObject): readonly string[] {
  const name = applicationOf(view, planned);
  const application = view.live('Application')?.find(({ metadata }) => metadata.name === name);
  const synced = textAt(application, 'status', 'sync', 'revision');
  const here = view.facts.revision;
  if (synced === undefined || here === undefined || synced === here) return [];
  return [`Argo CD has synced revision ${synced.slice(0, 10)}, and this checkout is at ${here.slice(0, 10)}`];
}
