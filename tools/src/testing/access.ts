import { get, list, text, workloadOf, type Manifest } from '@lgtm-fleet/manifests';
import { accountsOf, type Plan } from '@lgtm-fleet/plan';

/** Where rendered accounts, roles and tokens differ from those that are declared, as people read it. */
export function accessFaults(plan: Plan, manifests: readonly Manifest[]): readonly string[] {
  const declared = new Map(accountsOf(plan).map((account) => [`${account.namespace}/${account.name}`, account]));
  const ofKind = (...kinds: readonly string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
  const roles = ofKind('Role', 'ClusterRole');
  const granted = new Map<string, readonly string[]>();
  const faults: string[] = [];
  const bound = new Set<Manifest>();
  for (const binding of ofKind('RoleBinding', 'ClusterRoleBinding')) {
    const role = roles.find(
      ({ kind, name, namespace }) =>
        kind === text(binding.body, 'roleRef', 'kind') &&
        name === text(binding.body, 'roleRef', 'name') &&
        (kind === 'ClusterRole' || namespace === binding.namespace),
    );
    if (role === undefined) faults.push(`${binding.kind} ${binding.name} gives a role that is not rendered`);
    else bound.add(role);
    for (const subject of list(binding.body, 'subjects')) {
      const account = `${text(subject, 'namespace') ?? ''}/${text(subject, 'name') ?? ''}`;
      if (text(subject, 'kind') !== 'ServiceAccount' || !declared.has(account))
        faults.push(`${binding.kind} ${binding.name} is for ${text(subject, 'kind') ?? ''} ${account}`);
      const scope = binding.kind === 'RoleBinding' ? `in ${binding.namespace} ` : '';
      const rights = role === undefined ? [] : rightsIn(role).map((right) => scope + right);
      granted.set(account, [...(granted.get(account) ?? []), ...rights]);
    }
  }
  for (const role of roles) if (!bound.has(role)) faults.push(`${role.kind} ${role.name} is bound to nobody`);

  const rendered = ofKind('ServiceAccount');
  for (const account of rendered) {
    if (!declared.has(`${account.namespace}/${account.name}`)) faults.push(`${account.name} is not declared`);
    if (get(account.body, 'automountServiceAccountToken') !== false)
      faults.push(`${account.name} mounts tokens itself`);
  }
  for (const [id, { rules }] of declared) {
    if (!rendered.some(({ namespace, name }) => id === `${namespace}/${name}`)) faults.push(`${id} is not rendered`);
    const wanted = rules.flatMap(({ group, resources, verbs, namespaces }) =>
      spelt([group], resources, verbs).flatMap((right) =>
        namespaces === undefined ? [right] : namespaces.map((namespace) => `in ${namespace} ${right}`),
      ),
    );
    const has = granted.get(id) ?? [];
    faults.push(...has.filter((right) => !wanted.includes(right)).map((right) => `${id} may ${right}`));
    faults.push(...wanted.filter((right) => !has.includes(right)).map((right) => `${id} may not ${right}`));
  }
  for (const workload of manifests.flatMap((manifest) => workloadOf(manifest) ?? [])) {
    const account = declared.get(`${workload.namespace}/${text(workload.pod, 'serviceAccountName') ?? 'default'}`);
    if (account === undefined) faults.push(`${workload.name} runs as nobody declared`);
    else if (get(workload.pod, 'automountServiceAccountToken') !== account.rules.length > 0)
      faults.push(`${workload.name} ${account.rules.length > 0 ? 'lacks' : 'mounts'} a token`);
  }
  return faults;
}

/** `list pods`, `get nodes/metrics`, `list deployments.apps`. */
export function spelt(
  groups: readonly string[],
  resources: readonly string[],
  verbs: readonly string[],
): readonly string[] {
  return groups.flatMap((group) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`)),
  );
}

function rightsIn(role: Manifest): readonly string[] {
  const rights = list(role.body, 'rules').flatMap((rule) => {
    const strings = (key: string) => list(rule, key).filter((one) => typeof one === 'string');
    const narrowed = strings('resourceNames')
      .map((name) => ` called ${name}`)
      .join();
    return [
      ...spelt(strings('apiGroups'), strings('resources'), strings('verbs')).map((right) => right + narrowed),
      ...strings('nonResourceURLs').flatMap((url) => strings('verbs').map((verb) => `${verb} ${url}`)),
    ];
  });
  return get(role.body, 'aggregationRule') === undefined ? rights : [...rights, 'what others are allowed, too'];
}
