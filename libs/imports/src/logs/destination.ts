import { child, entriesOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext } from './context.ts';

const SIGN_IN = ['basic_auth', 'authorization', 'bearer_token', 'bearer_token_file', 'oauth2', 'sigv4', 'azuread'];
const DIRECT = [
  ...['tls_config', 'insecure', 'insecure_skip_verify', 'proxy_url', 'proxy_connect_header'],
  ...['proxy_from_environment', 'no_proxy'],
];

/**
 * What becomes of an address that something is pushed to, and of how the sender signs in there: it is this stack now.
 * Gives the host that took it before, from which others can be guessed.
 */
export function readDestination(
  client: SourceNode,
  { ledger, place, group }: Pick<LogContext, 'ledger' | 'place' | 'group'>,
): string | undefined {
  const machine = place === 'machine';
  const url = child(client, 'url') ?? child(client, 'endpoint');
  const gateway = 'the gateway of the stack';
  ledger.changed(
    url,
    machine ? 'exposure.ingest' : gateway,
    machine
      ? 'machines push to the host name of `exposure.ingest`'
      : 'Alloy pushes to the gateway, which is in the cluster',
  );
  ledger.changed(child(client, 'name'), 'nothing', 'there is one place to push to, and it needs no name');
  for (const key of SIGN_IN)
    ledger.changed(
      child(client, key),
      machine ? `tenants[].writers[${group}]` : 'Secret tenant-credentials',
      machine
        ? `the group signs in as writer \`${group}\`, with a credential of its own: none of before is needed`
        : 'Alloy signs in with what its tenant has, which is made with the other Secrets: none of before is needed',
    );
  for (const key of DIRECT)
    ledger.changed(
      child(client, key),
      machine ? 'exposure.tls' : gateway,
      machine
        ? 'machines know the gateway by the authorities of their system, and call it directly'
        : 'Alloy calls the gateway inside the cluster',
    );
  for (const key of ['follow_redirects', 'enable_http2', 'compression', 'protocol', 'format'])
    ledger.changed(child(client, key), 'the collector', 'Alloy decides it');
  for (const [header, node] of entriesOf(child(client, 'headers')))
    if (!isTenantHeader(header))
      ledger.impossible(node, 'no header of your own is sent: the gateway decides by who signs in');
  return hostOf(textOf(url));
}

/** The header by which a tenant is named. */
export function tenantHeader(client: SourceNode | undefined): SourceNode | undefined {
  return entriesOf(child(client, 'headers')).find(([name]) => isTenantHeader(name))?.[1];
}

function isTenantHeader(name: string): boolean {
  return name.toLowerCase() === 'x-scope-orgid';
}

/** Host of an address, with a scheme or, as gRPC has it, without. */
function hostOf(url: string | undefined): string | undefined {
  const [, host] = /^(?:https?:\/\/)?(?:[^/?#@]*@)?([a-z0-9.-]+)(?::\d+)?(?:[/?#]|$)/i.exec(url ?? '') ?? [];
  return host?.toLowerCase();
}
