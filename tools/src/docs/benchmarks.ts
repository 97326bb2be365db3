import { accountsOf, type Plan } from '@lgtm-fleet/plan';

/**
 * The controls of kubescape's frameworks `NSA` and `cis-v1.12.0` (its part 5, about what runs in a cluster), at the
 * commit below, and how this repository stands to each.
 */
export const SOURCE = 'kubescape/regolibrary, ce7ef32aef7a7d272016c3f0d1105c60d6b266fb';

export interface Control {
  readonly id: string;
  readonly name: string;
  readonly of: string;
  /** Cluster: it is about the nodes or the control plane, of which no manifest here speaks. */
  readonly state: 'met' | 'met, but for' | 'not met' | 'cluster';
  readonly why?: string;
  /** Ids of rules, and of tests as in `PROOFS`. */
  readonly shownBy: readonly string[];
}

/** Names of tests, by a short name, with the file they are in. */
export const PROOFS: Readonly<Record<string, readonly [string, string]>> = {
  reachability: ['tools/src/reachability.test.ts', 'policies let through what the graph has, and nothing else'],
  rights: ['tools/src/access.test.ts', 'every account, right and token is declared, and every declared one is there'],
  reads: ['tools/src/access.test.ts', 'every rule says why, and none is a wildcard or reads what is secret'],
  kinds: ['tools/src/access.test.ts', 'the project allows no kind that nobody makes'],
  restricted: [
    'tools/src/hardening.test.ts',
    'every pod but the host collectors passes `restricted`, and these exceed it by what they need',
  ],
  ids: ['tools/src/hardening.test.ts', 'users and groups are above 10,000, and file systems cannot be written'],
  namespaces: ['tools/src/hardening.test.ts', 'every namespace has its level, a default deny, a quota and limits'],
};

const ALLOY = 'Alloy on the nodes: it reads log files that only root may read, and has no capability';
const NODE_EXPORTER = 'node-exporter, which reports on the node itself';
const COLLECTORS =
  'the namespace `monitoring`, which is privileged for Alloy and node-exporter; its other pods keep to `restricted`';
const ADMITTED = ['namespace-without-pod-security', 'namespaces', 'restricted'];

function cluster(id: string, name: string, of: string, why?: string): Control {
  return { id, name, of, state: 'cluster', shownBy: [], ...(why !== undefined && { why }) };
}
function met(id: string, name: string, of: string, ...shownBy: readonly string[]): Control {
  return { id, name, of, state: 'met', shownBy };
}
function but(id: string, name: string, of: string, why: string, ...shownBy: readonly string[]): Control {
  return { id, name, of, state: 'met, but for', why, shownBy };
}

export const CONTROLS: readonly Control[] = [
  met('C-0002', 'Command execution in containers', 'NSA', 'reads', 'rights'),
  cluster('C-0005', "The API server's insecure port", 'NSA'),
  met('C-0012', 'Credentials in configuration files', 'NSA', 'plain-secret', 'credentials-in-config'),
  but('C-0013', 'Non-root containers', 'NSA', ALLOY, 'runs-as-root', 'restricted'),
  met('C-0016', 'Privilege escalation', 'NSA', 'privilege-escalation', 'restricted'),
  met('C-0017', 'Immutable file systems of containers', 'NSA', 'writable-root-filesystem', 'ids'),
  met('C-0030', 'Ingress and egress blocked', 'NSA', 'missing-default-deny', 'one-sided-policy', 'reachability'),
  but(
    'C-0034',
    'Automatic mapping of service accounts',
    'NSA',
    'the three programs that ask the API server: Alloy, its gateway, kube-state-metrics',
    'unused-api-token',
    'rights',
  ),
  met('C-0035', 'Administrative roles', 'NSA', 'wildcard-role', 'rights'),
  but('C-0038', 'Host PID and IPC', 'NSA', NODE_EXPORTER, 'host-namespace', 'restricted'),
  but('C-0041', 'Host network', 'NSA, CIS 5.2.5', NODE_EXPORTER, 'host-namespace', 'restricted'),
  but('C-0044', 'Host ports', 'NSA', NODE_EXPORTER, 'host-port', 'restricted'),
  met('C-0046', 'Insecure capabilities', 'NSA', 'kept-capabilities', 'restricted'),
  met('C-0054', 'Networking inside the cluster', 'NSA', 'missing-default-deny', 'reachability'),
  met('C-0055', 'Linux hardening', 'NSA', 'missing-seccomp-profile', 'kept-capabilities', 'restricted'),
  met('C-0057', 'Privileged containers', 'NSA', 'privileged-container', 'restricted'),
  cluster('C-0058', 'CVE-2021-25741, symlinks in volumes', 'NSA', 'it is about the version of the kubelets'),
  met('C-0059', 'CVE-2021-25742, snippets of Ingresses', 'NSA', 'kind-not-in-project', 'kinds'),
  cluster('C-0066', 'Encryption of Secrets in etcd', 'NSA'),
  cluster('C-0067', 'Audit logs', 'NSA'),
  cluster('C-0068', 'PodSecurityPolicy', 'NSA', 'gone from Kubernetes; Pod Security is in its place (C-0192)'),
  cluster('C-0069', 'Anonymous access to kubelets', 'NSA'),
  cluster('C-0070', 'Client certificates of kubelets', 'NSA'),
  {
    id: 'C-0270',
    name: 'CPU limits',
    of: 'NSA',
    state: 'not met',
    why: 'a throttled ingester falls behind, and a busy one takes only what is idle; requests share the CPU out, and quotas bound them',
    shownBy: ['missing-requests', 'namespaces'],
  },
  met('C-0271', 'Memory limits', 'NSA', 'missing-memory-limit'),

  met('C-0185', 'cluster-admin only where required', 'CIS 5.1.1', 'wildcard-role', 'rights'),
  met('C-0186', 'Access to Secrets', 'CIS 5.1.2', 'escalating-role', 'reads'),
  met('C-0187', 'Wildcards in roles', 'CIS 5.1.3', 'wildcard-role', 'reads'),
  met('C-0188', 'Creation of pods', 'CIS 5.1.4', 'escalating-role', 'reads'),
  but(
    'C-0189',
    'Default service accounts',
    'CIS 5.1.5',
    'the account `default` that Kubernetes makes in each namespace and that is not in git: no pod of the stack runs as it, and it has no rights',
    'default-service-account',
    'rights',
  ),
  met('C-0190', 'Tokens only where necessary', 'CIS 5.1.6', 'unused-api-token', 'rights'),
  met('C-0246', 'The group system:masters', 'CIS 5.1.7', 'rights'),
  met('C-0191', 'bind, impersonate and escalate', 'CIS 5.1.8', 'escalating-role', 'reads'),
  met('C-0278', 'Creation of persistent volumes', 'CIS 5.1.9', 'reads'),
  met('C-0279', 'The proxy of nodes', 'CIS 5.1.10', 'escalating-role', 'reads'),
  met('C-0280', 'Approval of certificate requests', 'CIS 5.1.11', 'reads'),
  met('C-0281', 'Configuration of webhooks', 'CIS 5.1.12', 'reads'),
  met('C-0282', 'Creation of tokens', 'CIS 5.1.13', 'reads'),
  met('C-0192', 'An active policy control', 'CIS 5.2.1', 'namespace-without-pod-security', 'namespaces'),
  but('C-0193', 'Admission of privileged containers', 'CIS 5.2.2', COLLECTORS, ...ADMITTED),
  but('C-0275', 'Admission of host PID', 'CIS 5.2.3', COLLECTORS, ...ADMITTED),
  but('C-0276', 'Admission of host IPC', 'CIS 5.2.4', COLLECTORS, ...ADMITTED),
  but('C-0197', 'Admission of privilege escalation', 'CIS 5.2.6', COLLECTORS, ...ADMITTED),
  but('C-0198', 'Admission of root', 'CIS 5.2.7', COLLECTORS, ...ADMITTED),
  but('C-0199', 'Admission of NET_RAW', 'CIS 5.2.8', COLLECTORS, ...ADMITTED),
  but('C-0200', 'Admission of added capabilities', 'CIS 5.2.9', COLLECTORS, ...ADMITTED),
  but('C-0201', 'Admission of any capabilities', 'CIS 5.2.10', COLLECTORS, ...ADMITTED),
  but('C-0202', 'Admission of Windows HostProcess', 'CIS 5.2.11', COLLECTORS, ...ADMITTED),
  but('C-0203', 'Admission of hostPath', 'CIS 5.2.12', COLLECTORS, 'host-path-volume', ...ADMITTED),
  but('C-0204', 'Admission of host ports', 'CIS 5.2.13', COLLECTORS, ...ADMITTED),
  cluster(
    'C-0205',
    'A network that supports NetworkPolicies',
    'CIS 5.3.1',
    'the end-to-end test shows whether it does',
  ),
  met('C-0206', 'Policies in all namespaces', 'CIS 5.3.2', 'missing-default-deny', 'reachability'),
  {
    id: 'C-0207',
    name: 'Secrets as files, not as environment',
    of: 'CIS 5.4.1',
    state: 'not met',
    why: 'the stores and SeaweedFS take the keys of the object storage from their environment. Passwords of tenants and of Grafana are files, and with workload identity there are no keys',
    shownBy: [],
  },
  {
    id: 'C-0208',
    name: 'External storage of secrets',
    of: 'CIS 5.4.2',
    state: 'met',
    why: 'with `spec.secrets.externalSecrets`; otherwise they are made at bootstrap, and never in git',
    shownBy: ['plain-secret'],
  },
  cluster(
    'C-0289',
    'Provenance of images',
    'CIS 5.5.1',
    'an admission controller of the cluster; images are pinned (`unpinned-image`)',
  ),
  met('C-0209', 'Boundaries by namespaces', 'CIS 5.7.1', 'namespaces'),
  met('C-0210', 'Seccomp profiles', 'CIS 5.7.2', 'missing-seccomp-profile', 'restricted'),
  but('C-0211', 'Security contexts', 'CIS 5.7.3', ALLOY, 'runs-as-root', 'restricted', 'ids'),
  met('C-0212', 'The namespace default', 'CIS 5.7.4', 'destination-not-in-project', 'namespaces'),
];

/** `docs/security-benchmarks.md`, whole. */
export function benchmarksPage(plan: Plan): string {
  const states = [
    ['met', 'Met'],
    ['met, but for', 'Met, with exceptions'],
    ['not met', 'Not met, and why'],
    ['cluster', "A matter of the cluster's nodes or control plane"],
  ] as const;
  return [
    '# Security benchmarks',
    '',
    `The controls of kubescape's lists \`NSA\` and \`cis-v1.12.0\` (${SOURCE}): all of the first, and of the second the part about what runs in a cluster (5). Parts 1 to 4 are about nodes and the control plane. Rules are those of the [lint](rules/README.md).`,
    ...states.flatMap(([state, title]) => [
      '',
      `## ${title}`,
      '',
      ...CONTROLS.filter((one) => one.state === state).map(line),
    ]),
    '',
    '## Rights at the API server',
    '',
    'All of them, from `libs/plan/src/access.ts`; they hold for every namespace. Every other account of the stack has none, and its pods no token.',
    '',
    ...accountsOf(plan).flatMap(({ name, namespace, rules }) =>
      rules.map(({ group, resources, verbs, why }) => {
        const named = resources.map((resource) => `\`${resource}${group === '' ? '' : `.${group}`}\``).join(', ');
        return `- \`${namespace}/${name}\`: ${verbs.join(', ')} of ${named}: ${why}.`;
      }),
    ),
    '',
  ].join('\n');
}

function line({ id, name, of, state, why, shownBy }: Control): string {
  const proofs = shownBy.map((one) => {
    const proof = PROOFS[one];
    return proof === undefined ? `[${one}](rules/${one}.md)` : `\`${proof[0].replace(/^.*\//, '')}\``;
  });
  const reason = why === undefined ? '' : state === 'met, but for' ? `, but for ${why}` : `: ${why}`;
  const shown = proofs.length === 0 ? '' : ` ${[...new Set(proofs)].join(', ')}`;
  return `- **${id}** (${of}) ${name}${reason}.${shown}`;
}
