import type { Plan, PushPlan } from '@lgtm-fleet/plan';

type Shown = PushPlan & { readonly writer: string };

const NOUNS = { password: 'a password', token: 'a bearer token', certificate: 'a client certificate' } as const;

/** What a writer shows, as a noun. */
export function credentialNoun({ credential }: Shown): string {
  return NOUNS[credential];
}

/** Where the credential of a writer comes from: it is made once, and in no file of this repository. */
export function whereFrom({ secretSource }: Plan, { writer, credential, ownAuthority }: Shown): string {
  const more = '[The gateway](../../../../base/gateway/README.md#who-comes-in) says more.';
  if (credential === 'certificate')
    return `Sign a certificate for \`${writer}\`: its subject is \`CN=${writer}\` and nothing else, by the authority whose certificate is \`client-ca.crt\` of Secret \`gateway-credentials\`. By \`ca.crt\`, a key of Secret \`tenant-credentials\`, the gateway is known. From outside, port 8443 needs a way that passes TLS through. ${more}`;
  const authority = ownAuthority
    ? ` The gateway's certificate is by the cluster's own authority: \`ca.crt\` of Secret \`internal-ca\`.`
    : '';
  if (secretSource.kind !== 'bootstrap')
    return `It is what was given to \`${writer}\` when its line of Secret \`gateway-credentials\` was made. ${more}${authority}`;
  return `Bootstrap made it, and keeps it for whoever hands it out:\n\n${shell(
    'kubectl --namespace=observability get secret writer-credentials \\',
    `  --output=jsonpath='{.data.${writer}}' | base64 --decode > ${writer}`,
  )}\n\n${more}${authority}`;
}

/** What a writer may, as the gateway has it. */
export const MAY =
  'It pushes as this tenant, may change its rules and alert routes, and reads nothing; what `X-Scope-OrgID` a sender sets itself is of no account.';

/** Lines for a shell, as Markdown has them. */
export function shell(...lines: readonly string[]): string {
  return fenced('sh', lines);
}

export function fenced(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.join('\n')}\n\`\`\``;
}
