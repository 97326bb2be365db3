import { checkWiring, parseAlloy } from '@lgtm-fleet/alloy';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../alloy-syntax/check.ts';
import { parseFile, type ParsedBlock } from '../alloy-syntax/parse.ts';
import { componentPlan, plan, workload } from '../alloy/plan.fixture.ts';
import { alloyGateway } from './resources.ts';

function config(of: Plan): string {
  const [file] = alloyGateway(
    of,
    of.components.find(({ name }) => name === 'alloy-gateway')!,
  ).configFiles;
  return file?.form === 'text' ? file.text : '';
}

const find = (text: string, name: string, label: string): ParsedBlock | undefined =>
  parseFile(text).find((block) => block.name === name && block.label === label);
const inner = (block: ParsedBlock | undefined, name: string) => block?.blocks.find((one) => one.name === name);
const endpointOf = (text: string, store: string) =>
  inner(find(text, 'otelcol.exporter.otlphttp', store), 'client')
    ?.attributes.get('endpoint')
    ?.join('');

describe.each(['home-lab', 'startup', 'prod-eu'])('what tenants push by gRPC, on %s', (name) => {
  const text = config(examplePlan(name));
  const stores = name === 'home-lab' ? ['loki', 'prometheus'] : ['loki', 'mimir'];

  it('holds together', () => {
    expect(checkFile(text)).toEqual([]);
    expect(checkWiring(parseAlloy(text).file)).toEqual([]);
  });

  it('comes in by gRPC alone, with the tenant that the gateway names', () => {
    const receiver = find(text, 'otelcol.receiver.otlp', 'tenants');
    expect(receiver?.blocks.map((block) => block.name)).toEqual(['grpc', 'output']);
    expect(inner(receiver, 'grpc')?.attributes.get('include_metadata')).toEqual(['true']);
    const header = inner(find(text, 'otelcol.auth.headers', 'tenant'), 'header')?.attributes;
    expect([header?.get('key'), header?.get('from_context')]).toEqual([['"X-Scope-OrgID"'], ['"x-scope-orgid"']]);
    for (const store of stores)
      expect(inner(find(text, 'otelcol.exporter.otlphttp', store), 'client')?.attributes.get('auth')).toEqual([
        'otelcol.auth.headers.tenant.handler',
      ]);
  });

  it('is on its way from beginning to end while the sender waits', () => {
    const limiter = find(text, 'otelcol.processor.memory_limiter', 'tenants');
    const output = inner(limiter, 'output')?.attributes;
    const metrics = output?.get('metrics')?.filter((token) => token.endsWith('.input'));
    const logs = output?.get('logs')?.filter((token) => token.endsWith('.input'));
    expect([...(logs ?? []), ...(metrics ?? [])]).toEqual(
      stores.map((store) => `otelcol.exporter.otlphttp.${store}.input`),
    );
    for (const store of stores)
      for (const waits of ['sending_queue', 'retry_on_failure'])
        expect(
          inner(find(text, 'otelcol.exporter.otlphttp', store), waits)?.attributes.get('enabled'),
          `${store} ${waits}`,
        ).toEqual(['false']);
  });
});

describe('the stores behind', () => {
  it.each([
    ['home-lab', 'loki', 'http://loki.observability.svc.cluster.local:3100/otlp'],
    ['home-lab', 'prometheus', 'http://prometheus.observability.svc.cluster.local:9090/prometheus/api/v1/otlp'],
    ['startup', 'mimir', 'http://mimir.observability.svc.cluster.local:8080/otlp'],
    ['prod-eu', 'loki', 'http://loki-distributor.observability.svc.cluster.local:3100/otlp'],
    ['prod-eu', 'mimir', 'http://mimir-distributor.observability.svc.cluster.local:8080/otlp'],
  ])('of %s: %s', (name, store, endpoint) => {
    expect(endpointOf(config(examplePlan(name)), store)).toBe(`"${endpoint}"`);
  });

  it('are known by the CA where the spec wants TLS, and so is this collector', () => {
    const text = config(examplePlan('startup', { tls: { issuer: 'internal' } }));
    expect(checkFile(text)).toEqual([]);
    expect(endpointOf(text, 'mimir')).toBe('"https://mimir.observability.svc.cluster.local:8080/otlp"');
    const client = inner(find(text, 'otelcol.exporter.otlphttp', 'mimir'), 'client');
    expect(inner(client, 'tls')?.attributes.get('ca_file')).toEqual(['"/etc/tls/ca.crt"']);
    const grpc = inner(find(text, 'otelcol.receiver.otlp', 'tenants'), 'grpc');
    expect(inner(grpc, 'tls')?.attributes.get('cert_file')).toEqual(['"/etc/tls/tls.crt"']);
  });

  it('are no concern of an edge, which has no gateway', () => {
    const own = componentPlan({ name: 'alloy-gateway', workloads: [workload({})] });
    const text = config({ ...plan({ role: 'edge' }), components: [own] });
    expect(text).toContain('otelcol.receiver.otlp "applications"');
    expect(text).not.toContain('"tenants"');
  });
});
