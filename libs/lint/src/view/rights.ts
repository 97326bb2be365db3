import { get, list, text, type Json, type Manifest } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** The RoleBindings and ClusterRoleBindings that name a ServiceAccount. */
export function rightsOf(cluster: ClusterView, namespace: string, account: string): readonly Manifest[] {
  const bindings = [...cluster.ofKind('RoleBinding'), ...cluster.ofKind('ClusterRoleBinding')];
  return bindings.filter((binding) =>
    list(binding.body, 'subjects').some(
      (subject) =>
        text(subject, 'kind') === 'ServiceAccount' &&
        text(subject, 'name') === account &&
        (text(subject, 'namespace') ?? binding.namespace) === namespace,
    ),
  );
}

/** The role that a binding gives, where it is rendered. */
export function roleOf(cluster: ClusterView, binding: Manifest): Manifest | undefined {
  const kind = text(binding.body, 'roleRef', 'kind') ?? '';
  const name = text(binding.body, 'roleRef', 'name') ?? '';
  return cluster.find(kind, name, kind === 'Role' ? binding.namespace : undefined);
}

/** Rules of a role, each with its place in the list. */
export function rulesOf(role: Manifest): readonly { readonly rule: Json; readonly index: number }[] {
  return list(role.body, 'rules').map((rule, index) => ({ rule, index }));
}

/** True where a rule of a role speaks of one of these resources, with one of these verbs. */
export function allows(rule: Json, resources: readonly string[], verbs: readonly string[]): boolean {
  const has = (key: string, wanted: readonly string[]): boolean =>
    list(rule, key).some((each) => each === '*' || (typeof each === 'string' && wanted.includes(each)));
  return get(rule, 'resourceNames') === undefined && has('resources', resources) && has('verbs', verbs);
}
