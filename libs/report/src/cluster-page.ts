import { plainParts, type Plan } from '@lgtm-fleet/plan';
import { backup } from './backup.ts';
import { comment, outside } from './edge/pages.ts';
import { mermaid } from './mermaid.ts';
import { cells } from './plan-table.ts';
import { table } from './table.ts';

/** The page of a cluster: what runs, who talks to whom, what secrets it expects, and why each number. */
export function clusterPage(plan: Plan, generatedBy: readonly string[]): string {
  const components = plan.components.map(({ name, namespace, mode, variants, wave, releases }) => [
    `[${name}](${name}/)`,
    namespace,
    mode === 'single' ? '' : mode,
    variants.join(', '),
    releases.map((release) => `${release} ${plan.releases[release].version}`).join(', '),
    String(wave),
  ]);
  const secrets = plan.secrets.map(({ name, namespace, keys, remoteKey, why }) => [
    `\`${name}\``,
    namespace,
    plan.secretSource.kind === 'external-secrets' ? `\`${remoteKey}\`` : '',
    keys.map((key) => `\`${key}\``).join(', '),
    why,
  ]);
  return (
    [
      comment(generatedBy),
      `# ${plan.cluster}`,
      `A ${plan.role} on Kubernetes ${plan.kubernetes.version}, described by [${plan.specPath}](../../${plan.specPath}).`,
      '## Components',
      table(['component', 'namespace', 'mode', 'variants', 'releases', 'wave'], components),
      '## Who talks to whom',
      'Gossip, name lookups and scrapes are left out; the NetworkPolicies have them all.',
      `\`\`\`mermaid\n${mermaid(plan)}\n\`\`\``,
      '## Secrets it expects',
      secretsFrom(plan),
      table(['secret', 'namespace', 'in the store', 'keys', 'why'], secrets),
      ...encryption(plan),
      ...outside(plan),
      ...backup(plan),
      '## Decisions',
      table(['what', 'value', 'why', 'headroom', 'source'], plan.decisions.map(cells)),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** What is encrypted, by which certificate, and what is not; nothing without `spec.tls`. */
function encryption(plan: Plan): readonly string[] {
  if (plan.tls === undefined) return [];
  const certificates = plan.certificates.map(({ secretName, namespace, dnsNames, users, why }) => [
    `\`${secretName}\``,
    namespace,
    dnsNames.map((name) => `\`${name}\``).join(', '),
    [...new Set(users.map(({ component }) => component))].join(', '),
    why,
  ]);
  return [
    '## TLS inside',
    `Certificates come from the ClusterIssuer \`${plan.tls.issuer}\`; cert-manager renews them, and the programs read them again.`,
    table(['secret', 'namespace', 'names', 'mounted by', 'why'], certificates),
    'Not encrypted:',
    table(
      ['what', 'why'],
      plainParts(plan.connections).map(({ what, why }) => [what, why]),
    ),
  ];
}

function secretsFrom({ secretSource, cluster }: Plan): string {
  switch (secretSource.kind) {
    case 'bootstrap':
      return 'Made once when the cluster is bootstrapped.';
    case 'external-secrets':
      return `Filled from the secret store \`${secretSource.store}\`.`;
    case 'sealed-secrets':
      return `Committed as SealedSecrets below \`clusters/${cluster}/secrets/\`.`;
    case 'sops':
      return `Committed below \`clusters/${cluster}/secrets/\`, encrypted by SOPS; a person decrypts and applies them.`;
  }
}
