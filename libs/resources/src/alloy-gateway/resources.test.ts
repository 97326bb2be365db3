import type { Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../alloy-syntax/check.ts';
import { parseFile, type ParsedBlock } from '../alloy-syntax/parse.ts';
import { componentPlan, plan, tenant, workload } from '../alloy/plan.fixture.ts';
import { alloyGateway } from './resources.ts';

const tailSampling = { decisionWaitSeconds: 10, keepErrors: true, keepSlowerThanMs: 500, baselineRatio: 0.07 };
const tail = plan({ collection: { ...plan().collection, tailSampling } });
const tenants = [tenant('platform'), tenant('team-b', ['shop', 'cart'])];

function config(of: Plan, replicas = 1): string {
  const own = componentPlan({ name: 'alloy-gateway', workloads: [workload({ replicas })] });
  const [file] = alloyGateway(of, own).configFiles;
  return file?.form === 'text' ? file.text : '';
}

function find(text: string, name: string, label: string): ParsedBlock | undefined {
  return parseFile(text).find((block) => block.name === name && block.label === label);
}

function output(text: string, name: string, label: string, signal: string): readonly string[] {
  const tokens = find(text, name, label)
    ?.blocks.find((block) => block.name === 'output')
    ?.attributes.get(signal);
  return (tokens ?? []).filter((token) => token.endsWith('.input'));
}

describe('alloyGateway', () => {
  it.each([
    ['as it is', config(plan())],
    ['head sampling', config(plan({ collection: { ...plan().collection, headSamplingRatio: 0.1 } }))],
    ['tail sampling in one pod', config(tail)],
    ['tail sampling in three pods', config(tail, 3)],
    [
      'two tenants and all sampling',
      config({ ...tail, tenants, collection: { ...tail.collection, headSamplingRatio: 0.5 } }, 3),
    ],
  ])('holds together: %s', (_, text) => {
    expect(checkFile(text)).toEqual([]);
  });

  it('listens on all interfaces', () => {
    const [grpc, http] = find(config(plan()), 'otelcol.receiver.otlp', 'applications')?.blocks ?? [];
    expect(grpc?.attributes.get('endpoint')).toEqual(['"0.0.0.0:4317"']);
    expect(http?.attributes.get('endpoint')).toEqual(['"0.0.0.0:4318"']);
  });

  it('sends spans to be decided on, and nothing else', () => {
    const text = config(tail, 3);
    const cluster = ['otelcol.processor.transform', 'cluster'] as const;
    expect(output(text, ...cluster, 'traces')).toEqual(['otelcol.exporter.loadbalancing.sampling.input']);
    expect(output(text, ...cluster, 'logs')).toEqual(['otelcol.processor.batch.main.input']);
    expect(text).toContain('hostname = "alloy-gateway-peers.monitoring.svc.cluster.local"');
  });

  it('needs no peers where one pod sees every span', () => {
    expect(config(tail)).not.toContain('loadbalancing');
  });

  it('keeps what any policy wants', () => {
    const policies = find(config(tail), 'otelcol.processor.tail_sampling', 'policies')?.blocks ?? [];
    const types = policies.flatMap((block) => block.attributes.get('type') ?? []);
    expect(types).toEqual(['"status_code"', '"latency"', '"probabilistic"']);
    expect(config(tail)).toContain('sampling_percentage = 7\n');
  });

  it('takes the namespace from the connection where tenants are told apart by it', () => {
    const text = config(plan({ tenants }));
    expect(output(text, 'otelcol.processor.memory_limiter', 'applications', 'logs')).toEqual([
      'otelcol.processor.transform.sender.input',
    ]);
    expect(text).toContain('delete_key(resource.attributes, "k8s.namespace.name")');
    expect(config(plan())).not.toContain('delete_key');
  });

  it('lets each resource through to one tenant', () => {
    const text = config(plan({ tenants }));
    const conditions = (label: string): readonly string[] | undefined =>
      find(text, 'otelcol.processor.filter', label)
        ?.blocks[0]?.attributes.get('conditions')
        ?.filter((token) => token.startsWith('`'));
    const shop = 'resource.attributes["k8s.namespace.name"] == "shop"';
    const cart = 'resource.attributes["k8s.namespace.name"] == "cart"';
    expect(conditions('platform')).toEqual([`\`${shop}\``, `\`${cart}\``]);
    expect(conditions('team_b')).toEqual([`\`not (${shop} or ${cart})\``]);
  });

  it('reads again what each kind of tenant shows, when it changes', () => {
    const text = config({
      ...plan(),
      tenants: [
        tenant('password'),
        { ...tenant('token', ['b']), credential: 'token' },
        { ...tenant('certificate', ['c']), credential: 'certificate' },
      ],
      collection: { ...plan().collection, certificateUrl: 'https://gateway.example.com:8443' },
    });
    expect(checkFile(text)).toEqual([]);
    // Never the file itself: the one that a client of OTLP watches stays, for it, as it was.
    expect(text).not.toContain('password_file');
    const inner = (name: string, label: string, block: string) =>
      find(text, name, label)?.blocks.find((one) => one.name === block);
    expect(inner('otelcol.auth.basic', 'password', 'client_auth')?.attributes.get('password')?.join('')).toBe(
      'local.file.password_password.content',
    );
    expect(find(text, 'otelcol.auth.bearer', 'token')?.attributes.get('token')?.join('')).toBe(
      'local.file.token_token.content',
    );
    for (const label of ['password_password', 'token_token'])
      expect(find(text, 'local.file', label)?.attributes.get('is_secret')).toEqual(['true']);
    const tls = inner('otelcol.exporter.otlphttp', 'certificate', 'client')?.blocks.find(({ name }) => name === 'tls');
    expect(tls?.attributes.get('reload_interval')).toEqual(['"1m"']);
  });

  it('bounds the queues by the memory of the pod', () => {
    const sizes = [...config(plan({ tenants })).matchAll(/queue_size = (\d+)/g)].map(([, size]) => Number(size));
    expect(sizes).toHaveLength(2);
    expect(3 * sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(128 * 1024 ** 2);
  });
});
