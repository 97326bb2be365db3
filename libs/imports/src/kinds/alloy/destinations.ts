import type { Ledger } from '../../core/ledger.ts';
import { booleanOf, child, entriesOf, textOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { tenantName } from '../../logs/tenants.ts';
import { externalLabels } from '../../scrape/external-labels.ts';
import type { Where } from './context.ts';
import type { Component } from './modules/scope.ts';
import { blocksOf, type BlockNode } from './syntax/nodes.ts';

/** What those components say that send to somewhere else. */
export interface Destinations {
  /** Tenants by the component that sends as them; none where it says none. */
  readonly tenants: ReadonlyMap<Component, string>;
  /** Labels of the cluster. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of everything that a machine sends. */
  readonly external: readonly SourceNode[];
}

interface Reading {
  readonly ledger: Ledger;
  readonly where: Where;
  readonly cluster: string;
  readonly group: string;
}

const SENDS: ReadonlyMap<string, string> = new Map([
  ['prometheus.remote_write', 'series'],
  ['prometheus.write.queue', 'series'],
  ['loki.write', 'lines'],
]);

/** The first endpoint of each is what this stack takes the place of. */
export function destinations(components: readonly Component[], reading: Reading): Destinations {
  const tenants = new Map<Component, string>();
  const known = new Map<string, string>();
  const labels: Record<string, string> = {};
  const external: SourceNode[] = [];
  for (const component of components) {
    const what = SENDS.get(component.name);
    if (what === undefined) continue;
    const [first, ...others] = blocksOf(component.node, 'endpoint');
    for (const other of others)
      reading.ledger.impossible(
        other,
        `${what} go to this stack alone. Until nobody needs the other, let the old Alloy run beside`,
      );
    settings(component.node, reading);
    if (first === undefined) continue;
    endpoint(first, reading);
    const said = tenantNode(first);
    const written = textOf(said) ?? '';
    const tenant = written === '' ? undefined : tenantName(said, written, known, reading.ledger);
    if (tenant !== undefined) tenants.set(component, tenant);
    for (const node of [child(component.node, 'external_labels'), child(first, 'external_labels')])
      if (node !== undefined) {
        if (reading.where === 'machine') external.push(node);
        else Object.assign(labels, externalLabels(node, reading.cluster, reading.ledger));
      }
  }
  return { tenants, labels, external };
}

const COLLECTOR = changedTo('the collector', 'how it waits and tries again follows from the plan');

function settings(node: BlockNode, { ledger }: Reading): void {
  judge(node, [[COLLECTOR, ['wal', 'persistence', 'ttl']]], ledger);
  judge(
    node,
    [
      [
        impossible('a collector does not count streams: how many a tenant may have is a limit of the store'),
        ['max_streams'],
      ],
    ],
    ledger,
  );
}

/** How a program shows who it is. */
export const SIGN_IN = [
  'basic_auth',
  'authorization',
  'bearer_token',
  'bearer_token_file',
  'oauth2',
  'sigv4',
  'azuread',
  'google_iam',
];
const DIRECT = [
  'tls_config',
  'proxy_url',
  'proxy_connect_header',
  'proxy_connect_headers',
  'proxy_from_environment',
  'no_proxy',
];
const PACE = [
  'name remote_timeout round_robin_dns enable_round_robin protobuf_message queue_config metadata_config follow_redirects enable_http2',
  'batch_wait batch_size min_backoff_period max_backoff_period max_backoff_retries retry_on_http_429 write_timeout retry_backoff',
  'max_retry_attempts batch_count flush_interval metadata_cache_enabled metadata_cache_size parallelism',
].flatMap((line) => line.split(' '));

function endpoint(node: BlockNode, { ledger, where, group }: Reading): void {
  const machine = where === 'machine';
  const verdicts: readonly (readonly [Verdict, readonly string[]])[] = [
    [
      machine
        ? changedTo('exposure.ingest', 'machines push to the host name of `exposure.ingest`')
        : changedTo('the gateway of the stack', 'Alloy pushes to the gateway, which is in the cluster'),
      ['url'],
    ],
    [
      machine
        ? changedTo(
            `tenants[].writers[${group}]`,
            'who pushes from outside signs in as a writer, with a credential of its own: none of before is needed',
          )
        : changedTo(
            'Secret tenant-credentials',
            'Alloy signs in with what its tenant has, which is made with the other Secrets: none of before is needed',
          ),
      SIGN_IN,
    ],
    [
      machine
        ? changedTo(
            'exposure.tls',
            'machines know the gateway by the authorities of their system, and call it directly',
          )
        : changedTo('the gateway of the stack', 'Alloy calls the gateway inside the cluster'),
      DIRECT,
    ],
    [COLLECTOR, PACE],
  ];
  judge(node, verdicts, ledger);
  for (const key of ['send_exemplars', 'send_native_histograms']) {
    const sent = child(node, key);
    if (booleanOf(sent) === true) ledger.carried(sent, 'the collector: they are sent');
    else
      ledger.impossible(
        booleanOf(sent) === false ? sent : undefined,
        'they are sent where a target has them: drop what is not to be stored',
      );
  }
  for (const key of ['headers', 'http_headers'])
    for (const [header, value] of entriesOf(child(node, key)))
      if (!isTenant(header))
        ledger.impossible(value, 'no header of your own is sent: the gateway decides by who signs in');
}

function isTenant(header: string): boolean {
  return header.toLowerCase() === 'x-scope-orgid';
}

/** The tenant that an endpoint sends as: an argument, or the header that it becomes. */
export function tenantNode(node: BlockNode): SourceNode | undefined {
  const said = child(node, 'tenant_id');
  return said ?? entriesOf(child(node, 'headers')).find(([name]) => isTenant(name))?.[1];
}
