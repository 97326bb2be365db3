import { accountsOf, type Account, type Plan } from '@lgtm-fleet/plan';
import type { Client } from '../../kubernetes/client.ts';
import { applyAll } from '../../kubernetes/apply.ts';
import { remove } from '../../kubernetes/remove.ts';
import { spelt } from '../../testing/access.ts';
import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';

/** What `kubectl auth can-i --list` asks, and prints. */
export interface Rights {
  readonly resourceRules?: readonly {
    readonly verbs: readonly string[];
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly resourceNames?: readonly string[];
  }[];
  readonly nonResourceRules?: readonly {
    readonly verbs: readonly string[];
    readonly nonResourceURLs?: readonly string[];
  }[];
}

/** A namespace in which nobody of the stack has any business: there, too, only what is declared for all of them counts. */
const ELSEWHERE = 'kube-system';
const NOBODY = 'e2e-nobody';

/** Each account of the stack's namespaces may do what is declared, beyond what every account may, and nothing else. */
export async function rightsAreDeclared({ client }: Cluster, plan: Plan): Promise<Seen> {
  const declared = accountsOf(plan);
  const namespaces = [...new Set(declared.map(({ namespace }) => namespace))];
  const nobodies = namespaces.map((namespace) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: NOBODY, namespace },
    automountServiceAccountToken: false,
  }));
  await applyAll(client, nobodies, 'lgtm-fleet-e2e');
  try {
    const faults: string[] = [];
    let asked = 0;
    for (const namespace of namespaces) {
      const kind = { apiVersion: 'v1', kind: 'ServiceAccount' } as const;
      const there = ((await client.list(kind, namespace)) ?? []).map(({ metadata }) => metadata.name);
      const own = declared.filter((account) => account.namespace === namespace);
      faults.push(
        ...own
          .filter(({ name }) => !there.includes(name))
          .map(({ name }) => `there is no account ${namespace}/${name}`),
      );
      for (const where of [...namespaces, ELSEWHERE]) {
        const everybody = await rightsOf(client, namespace, NOBODY, where);
        for (const name of there.filter((one) => one !== NOBODY)) {
          const account = own.find((one) => one.name === name);
          const rights = await rightsOf(client, namespace, name, where);
          faults.push(
            ...differences(rulesIn(account, where), rights, everybody).map(
              (fault) => `${namespace}/${name} in ${where} ${fault}`,
            ),
          );
          asked += 1;
        }
      }
    }
    if (faults.length > 0) throw new Error(faults.join('; '));
    if (asked === 0) throw new Error('nobody was asked');
    const rules = declared.flatMap((account) => account.rules).length;
    return { detail: `${String(declared.length)} accounts, ${String(rules)} rules, ${String(asked)} lists of rights` };
  } finally {
    for (const nobody of nobodies) await remove(client, nobody);
  }
}

/** What of an account's rules holds in a namespace. */
function rulesIn(account: Account | undefined, where: string): Account['rules'] {
  return (account?.rules ?? []).filter(({ namespaces }) => namespaces?.some((name) => name === where) ?? true);
}

async function rightsOf(client: Client, namespace: string, name: string, where: string): Promise<Rights> {
  const { status } = (await client.send({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace: where } },
    // The server adds the groups of an account by itself.
    as: `system:serviceaccount:${namespace}:${name}`,
  })) as { readonly status: Rights };
  return status;
}

/** `may get secrets`, `may not list pods`: what a list of rights has beside the declared ones and everybody's. */
export function differences(declared: Account['rules'], rights: Rights, everybody: Rights): readonly string[] {
  const wanted = new Set(declared.flatMap(({ group, resources, verbs }) => spelt([group], resources, verbs)));
  const common = new Set(namesOf(everybody));
  const has = new Set(namesOf(rights));
  return [
    ...[...has].filter((right) => !wanted.has(right) && !common.has(right)).map((right) => `may ${right}`),
    ...[...wanted].filter((right) => !has.has(right)).map((right) => `may not ${right}`),
  ];
}

function namesOf({ resourceRules = [], nonResourceRules = [] }: Rights): readonly string[] {
  return [
    ...resourceRules.flatMap(({ verbs, apiGroups = [], resources = [], resourceNames = [] }) =>
      spelt(apiGroups, resources, verbs).flatMap((right) =>
        resourceNames.length === 0 ? [right] : resourceNames.map((name) => `${right} called ${name}`),
      ),
    ),
    ...nonResourceRules.flatMap(({ verbs, nonResourceURLs = [] }) =>
      nonResourceURLs.flatMap((url) => verbs.map((verb) => `${verb} ${url}`)),
    ),
  ];
}
