import { accountsOf, type Account, type Namespace, type Plan } from '@lgtm-fleet/plan';
import type { KubernetesObject, ObjectFile } from '../types.ts';

/**
 * Rights that hold in some namespaces only. They are here because the folder of a component puts all of its objects
 * into one namespace.
 */
export function roleFiles(plan: Plan): readonly ObjectFile[] {
  const objects = accountsOf(plan).flatMap((account) => rolesOf(account));
  if (objects.length === 0) return [];
  return [
    {
      name: 'roles.yaml',
      why: 'What accounts may do in these namespaces and in no other.',
      objects,
    },
  ];
}

function rolesOf(account: Account): readonly KubernetesObject[] {
  const namespaces = new Set(account.rules.flatMap(({ namespaces: own = [] }) => own));
  return [...namespaces].flatMap((namespace) => roleIn(account, namespace));
}

function roleIn(
  { name, namespace: home, component, rules }: Account,
  namespace: Namespace,
): readonly KubernetesObject[] {
  const metadata = {
    name,
    namespace,
    labels: { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': name },
  };
  const group = 'rbac.authorization.k8s.io';
  return [
    {
      apiVersion: `${group}/v1`,
      kind: 'Role',
      metadata,
      rules: rules
        .filter(({ namespaces }) => namespaces?.includes(namespace) === true)
        .map(({ group: apiGroup, resources, verbs }) => ({ apiGroups: [apiGroup], resources, verbs })),
    },
    {
      apiVersion: `${group}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: group, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: home }],
    },
  ];
}
