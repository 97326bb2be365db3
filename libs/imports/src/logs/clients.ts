import { booleanOf, child, isMap, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import { externalLabels } from '../scrape/external-labels.ts';
import type { LogContext } from './context.ts';
import { readDestination, tenantHeader } from './destination.ts';

/** What the clients of a configuration say of where its lines go. */
export interface Destination {
  /** Name of the host that took its lines. */
  readonly host: string | undefined;
  /** Labels of everything, on a machine. */
  readonly external: SourceNode | undefined;
  /** Labels of the cluster, on its nodes. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads the clients. Lines go to one place, this stack: it takes that of the first. */
export function readClients(clients: readonly SourceNode[], context: LogContext): Destination {
  const [first, ...others] = clients.filter(isMap);
  for (const client of others)
    context.ledger.impossible(
      client,
      'lines go to this stack alone. Until nobody needs the others, let the old collector run beside',
    );
  return first === undefined ? { host: undefined, external: undefined, labels: {} } : readClient(first, context);
}

const PACE = [
  ...['backoff_config', 'batchwait', 'batchsize', 'timeout'],
  // Their names before Promtail 1.
  ...['max_retries', 'min_backoff', 'max_backoff'],
];

function readClient(client: SourceNode, context: LogContext): Destination {
  const { ledger, place, cluster } = context;
  const host = readDestination(client, context);
  for (const key of PACE)
    ledger.changed(
      child(client, key),
      'the collector',
      'Alloy tries for ever: while a batch waits, what it is from is read no further, and so is the queue',
    );
  const drops = child(client, 'drop_rate_limited_batches');
  if (booleanOf(drops) === false) ledger.carried(drops, 'nothing: it is so anyway');
  else ledger.impossible(drops, 'what the store refuses for now is sent again, and not dropped');
  const external = child(client, 'external_labels');
  return place === 'machine'
    ? { host, external, labels: {} }
    : { host, external: undefined, labels: externalLabels(external, cluster, ledger) };
}

/** The tenant that lines of a configuration are written as: a key, or the header that it becomes. */
export function tenantOf(clients: readonly SourceNode[]): SourceNode | undefined {
  const [client] = clients.filter(isMap);
  const said = child(client, 'tenant_id');
  return (textOf(said) ?? '') === '' ? tenantHeader(client) : said;
}

/** Clients of a configuration: a list, and the single one that was before it. */
export function clientsOf(root: SourceNode | undefined): readonly SourceNode[] {
  const single = child(root, 'client');
  return [...itemsOf(child(root, 'clients')), ...(single === undefined ? [] : [single])];
}
