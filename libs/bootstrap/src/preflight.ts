import type { Plan } from '@lgtm-fleet/plan';
import { nodes, workloadsOf } from './capacity.ts';
import { entry } from './entry.ts';
import { error, note, warning, type Access, type ArgocdFacts, type ClusterFacts, type Finding } from './facts.ts';
import { ARGOCD_NAMESPACE, INSTANCE, LGTM_FLEET, PART_OF } from './objects.ts';

/** Minor versions of Kubernetes that a spec may name. */
export const SUPPORTED_MINORS: readonly [number, number] = [33, 37];

/** Everything about a cluster that keeps a plan from running on it, all at once. */
export function preflight(plan: Plan, facts: ClusterFacts): readonly Finding[] {
  return [
    ...version(plan, facts),
    ...permissions(facts.denied),
    ...namespaces(plan, facts),
    ...argocd(plan, facts),
    ...storage(plan, facts),
    ...metricsApi(plan, facts),
    ...definitions(plan, facts),
    ...cilium(plan, facts),
    ...entry(plan, facts),
    ...nodes(plan, facts),
  ];
}

function version(plan: Plan, { serverVersion }: ClusterFacts): readonly Finding[] {
  const minor = Number(/^v?1\.(\d+)/.exec(serverVersion)?.[1] ?? Number.NaN);
  const [oldest, newest] = SUPPORTED_MINORS;
  const range = `1.${oldest} to 1.${newest}`;
  if (Number.isNaN(minor))
    return [warning('unknown-kubernetes', `the cluster says its version is '${serverVersion}'`, `known are ${range}`)];
  if (minor < oldest)
    return [
      error(
        'old-kubernetes',
        `the cluster runs Kubernetes ${serverVersion}, and ${range} are supported`,
        'upgrade the cluster',
      ),
    ];
  const found = `1.${minor}`;
  const fix = `set spec.kubernetes.version to "${found}" in ${plan.specPath}, generate and commit`;
  if (minor > newest)
    return [warning('new-kubernetes', `the cluster runs Kubernetes ${serverVersion}; ${range} are tested`)];
  return found === plan.kubernetes.version
    ? []
    : [
        warning(
          'other-kubernetes',
          `the cluster runs Kubernetes ${serverVersion}, the spec says ${plan.kubernetes.version}`,
          fix,
        ),
      ];
}

function permissions(denied: readonly Access[]): readonly Finding[] {
  if (denied.length === 0) return [];
  const list = denied.map(({ verb, group, resource, namespace }) => {
    const what = group === '' ? resource : `${resource}.${group}`;
    return `${verb} ${what}${namespace === undefined ? '' : ` in ${namespace}`}`;
  });
  return [
    error(
      'forbidden',
      `this user may not ${list.join(', ')}`,
      'bootstrap installs Argo CD, which needs the role cluster-admin: use a context of an administrator (--context)',
    ),
  ];
}

function namespaces(plan: Plan, facts: ClusterFacts): readonly Finding[] {
  return [...new Set(plan.components.map(({ namespace }) => namespace))].toSorted().flatMap((name) => {
    const found = facts.namespaces.find((namespace) => namespace.name === name);
    if (found === undefined) return [];
    const owner = found.labels?.[INSTANCE];
    if (found.deletionTimestamp !== undefined)
      return [error('dying-namespace', `namespace ${name} is being deleted`, 'wait until it is gone')];
    if (found.labels?.[PART_OF] !== LGTM_FLEET)
      return [
        error(
          'foreign-namespace',
          `namespace ${name} exists and is not of LGTM Fleet`,
          `if nothing else lives in it: kubectl label namespace ${name} ${PART_OF}=${LGTM_FLEET} ${INSTANCE}=${plan.cluster}`,
        ),
      ];
    if (owner !== plan.cluster)
      return [
        error(
          'foreign-namespace',
          `namespace ${name} belongs to ${owner === undefined ? 'no cluster file' : `the cluster file ${owner}`}, not to ${plan.cluster}`,
          'is this the right context? See --context',
        ),
      ];
    return [];
  });
}

function argocd(plan: Plan, facts: ClusterFacts): readonly Finding[] {
  const { tag } = plan.releases['argo-cd'];
  const elsewhere = facts.argocd.find(({ namespace }) => namespace !== ARGOCD_NAMESPACE);
  if (elsewhere !== undefined)
    return [
      error(
        'foreign-argocd',
        `there is an Argo CD in namespace ${elsewhere.namespace}; two of them would share their definitions and fight`,
        `move it to namespace ${ARGOCD_NAMESPACE} at ${tag}, or remove it`,
      ),
    ];
  const namespace = facts.namespaces.find(({ name }) => name === ARGOCD_NAMESPACE);
  if (namespace?.deletionTimestamp !== undefined)
    return [error('dying-namespace', `namespace ${ARGOCD_NAMESPACE} is being deleted`, 'wait until it is gone')];
  const found = facts.argocd[0];
  if (!plan.argocd.selfManaged) return argocdOfOthers(plan, found);
  if (found === undefined)
    return namespace === undefined || namespace.labels?.[PART_OF] === LGTM_FLEET
      ? []
      : [note('argocd-namespace', `namespace ${ARGOCD_NAMESPACE} is there without an Argo CD, and will be used`)];
  if (found.version !== tag)
    return [
      error(
        'other-argocd',
        `the cluster has Argo CD ${found.version ?? 'of an unknown version'}, and this release is tested with ${tag}`,
        `bring it to ${tag} the way it was installed, then run this again; nothing was changed`,
      ),
    ];
  return namespace?.labels?.[PART_OF] === LGTM_FLEET
    ? []
    : [
        note(
          'adopted-argocd',
          `the cluster has Argo CD ${tag} already; it is adopted, and manages itself from now on`,
          'its settings in argocd-cm and argocd-cmd-params-cm stay, but for the keys that LGTM Fleet sets',
        ),
      ];
}

/** Whoever runs it chooses its version, and nothing of it is touched. */
function argocdOfOthers(plan: Plan, found: ArgocdFacts | undefined): readonly Finding[] {
  const { tag } = plan.releases['argo-cd'];
  if (found === undefined)
    return [
      error(
        'no-argocd',
        'the spec says that others run Argo CD, and the cluster has none',
        `install it in namespace ${ARGOCD_NAMESPACE}, or set spec.argocd.selfManaged to true`,
      ),
    ];
  if (found.version === tag) return [];
  return [
    warning('other-argocd', `the cluster has Argo CD ${found.version ?? 'of an unknown version'}; ${tag} is tested`),
  ];
}

function storage(plan: Plan, { storageClasses }: ClusterFacts): readonly Finding[] {
  const claims = plan.components.some(({ workloads }) =>
    workloads.some(({ volumeBytes }) => volumeBytes !== undefined),
  );
  if (!claims || storageClasses === undefined) return [];
  const { storageClass } = plan.kubernetes;
  const known = storageClasses.map(({ name }) => name);
  const there = known.length === 0 ? 'there is none' : `there is ${known.join(', ')}`;
  if (storageClass !== undefined)
    return known.includes(storageClass)
      ? []
      : [
          error(
            'no-storage-class',
            `the cluster has no storage class '${storageClass}'; ${there}`,
            `name one in spec.kubernetes.storageClass of ${plan.specPath}, generate and commit`,
          ),
        ];
  return storageClasses.some(({ isDefault }) => isDefault)
    ? []
    : [
        error(
          'no-default-storage-class',
          `the cluster has no default storage class; ${there}`,
          known.length === 0
            ? 'install a provisioner: without one no volume can be made'
            : `name one in spec.kubernetes.storageClass of ${plan.specPath}, generate and commit`,
        ),
      ];
}

function metricsApi(plan: Plan, facts: ClusterFacts): readonly Finding[] {
  const scaled = workloadsOf(plan).filter(({ maxReplicas }) => maxReplicas !== undefined);
  if (facts.metricsApi || scaled.length === 0) return [];
  return [
    warning(
      'no-metrics-api',
      `the cluster has no metrics API, so ${scaled.map(({ name }) => name).join(', ')} cannot scale`,
      'install metrics-server',
    ),
  ];
}

/** Without it no Secret of a certificate is ever made, and pods wait for theirs. */
function issuers({ tls }: Plan, { issuers: known }: ClusterFacts): readonly Finding[] {
  if (tls === undefined || known?.includes(tls.issuer) === true) return [];
  if (known === undefined)
    return [
      error(
        'no-cert-manager',
        'the spec wants TLS inside, and the cluster has no ClusterIssuer kind',
        'install cert-manager, and a ClusterIssuer with a CA of its own',
      ),
    ];
  return [
    error(
      'no-issuer',
      `the cluster has no ClusterIssuer '${tls.issuer}'`,
      known.length === 0 ? 'make one, or name another in spec.tls' : `there is ${known.join(', ')}`,
    ),
  ];
}

function definitions(plan: Plan, facts: ClusterFacts): readonly Finding[] {
  const found: Finding[] = [];
  const { secretSource } = plan;
  if (secretSource.kind === 'external-secrets' && facts.secretStores === undefined)
    found.push(
      error(
        'no-external-secrets',
        'the spec has its secrets in a secret store, and the cluster has no ClusterSecretStore kind',
        'install External Secrets, and a ClusterSecretStore with the name that the spec gives',
      ),
    );
  else if (secretSource.kind === 'external-secrets' && facts.secretStores?.includes(secretSource.store) === false)
    found.push(
      error(
        'no-secret-store',
        `the cluster has no ClusterSecretStore '${secretSource.store}'`,
        facts.secretStores.length === 0
          ? 'make one, or name another in spec.secrets'
          : `there is ${facts.secretStores.join(', ')}`,
      ),
    );
  if (secretSource.kind === 'sealed-secrets' && facts.definitions?.includes('sealedsecrets.bitnami.com') === false)
    found.push(
      error(
        'no-sealed-secrets',
        'the spec has its secrets sealed, and the cluster has no SealedSecret kind',
        'install Sealed Secrets, and seal the Secrets with the key of its controller',
      ),
    );
  found.push(...issuers(plan, facts));
  return found;
}

/** Without the kind nothing syncs that has such a policy; without Cilium nobody would keep to them. */
function cilium(plan: Plan, { definitions: known }: ClusterFacts): readonly Finding[] {
  const needed = 'ciliumnetworkpolicies.cilium.io';
  if (plan.kubernetes.networkPolicies !== 'cilium' || known === undefined || known.includes(needed)) return [];
  return [
    warning(
      'no-cilium',
      'the spec has network policies of Cilium, and the cluster does not know that kind',
      `install Cilium with its DNS proxy, or set spec.kubernetes.networkPolicies to kubernetes in ${plan.specPath}`,
    ),
  ];
}
