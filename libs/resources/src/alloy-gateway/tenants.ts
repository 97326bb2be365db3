import type { ComponentName, Connection, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { component } from '../alloy-syntax/component.ts';
import { reference } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { isEncrypted, RELOAD, schemeOf, TLS_FILES } from '../tls.ts';

/** The metadata in which the gateway names the tenant. gRPC has names in small letters. */
const TENANT = 'x-scope-orgid';

/** What a store has before `/v1/metrics` and `/v1/logs`. */
const PREFIXES = { loki: '/otlp', mimir: '/otlp', prometheus: '/prometheus/api/v1/otlp' } as const;

type Store = keyof typeof PREFIXES;

/**
 * Metrics and logs that senders outside push by gRPC, for the stores that take OTLP by HTTP alone. Who they are, the
 * gateway has asked; here nothing is added, dropped or kept. An edge has no gateway, and nothing here.
 */
export function tenantsConfig(plan: Plan): readonly Block[] {
  const stores = (Object.keys(PREFIXES) as Store[]).flatMap((store) => {
    const edge = plan.connections.find((connection) => isWayTo(connection, store));
    return edge?.service === undefined ? [] : [{ store, host: `${fqdn(plan, edge.service)}:${String(edge.port)}` }];
  });
  if (stores.length === 0) return [];
  const to = (...wanted: readonly Store[]) =>
    stores
      .filter(({ store }) => wanted.includes(store))
      .map(({ store }) => reference(`otelcol.exporter.otlphttp.${store}.input`));
  return [
    receiver(plan),
    component(
      'otelcol.processor.memory_limiter',
      'tenants',
      {
        check_interval: '1s',
        limit_percentage: 80,
        spike_limit_percentage: 20,
        output: { metrics: to('mimir', 'prometheus'), logs: to('loki') },
      },
      { comment: 'Refuses, so that senders try again. No batch after it: a batch answers before anything is stored.' },
    ),
    component(
      'otelcol.auth.headers',
      'tenant',
      { header: [{ key: 'X-Scope-OrgID', from_context: TENANT, action: 'upsert' }] },
      { comment: 'As whom the gateway let it in. Without a name the stores refuse; of two, none is sent.' },
    ),
    ...stores.map(({ store, host }) => exporter(plan, store, host)),
  ];
}

function isWayTo({ from, to, portName }: Connection, store: ComponentName): boolean {
  return (
    from.kind === 'pods' &&
    from.component === 'alloy-gateway' &&
    to.kind === 'pods' &&
    to.component === store &&
    portName === 'http'
  );
}

function receiver(plan: Plan): Block {
  const limiter = [reference('otelcol.processor.memory_limiter.tenants.input')];
  const encrypted = isEncrypted(plan, 'alloy-gateway', 'otlp-tenants');
  return component(
    'otelcol.receiver.otlp',
    'tenants',
    {
      grpc: {
        endpoint: '0.0.0.0:4320',
        include_metadata: true,
        ...(encrypted && { tls: { cert_file: TLS_FILES.cert, key_file: TLS_FILES.key, reload_interval: RELOAD } }),
      },
      output: { metrics: limiter, logs: limiter },
    },
    {
      comment:
        'From the gateway alone, as the NetworkPolicies have it: whoever it names is believed. Traces go to Tempo itself.',
    },
  );
}

function exporter(plan: Plan, store: Store, host: string): Block {
  return component(
    'otelcol.exporter.otlphttp',
    store,
    {
      client: {
        endpoint: `${schemeOf(plan, store)}://${host}${PREFIXES[store]}`,
        auth: reference('otelcol.auth.headers.tenant.handler'),
        ...(isEncrypted(plan, store) && { tls: { ca_file: TLS_FILES.ca, reload_interval: RELOAD } }),
      },
      sending_queue: { enabled: false },
      retry_on_failure: { enabled: false },
    },
    {
      comments: {
        sending_queue:
          'The sender waits for the answer of the store and hears it: what is acknowledged is stored, and what waits,\nwaits with who sent it',
      },
    },
  );
}
