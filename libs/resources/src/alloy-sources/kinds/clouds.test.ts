import { describe, expect, it } from 'vitest';
import { parseFile, type ParsedBlock } from '../../alloy-syntax/parse.ts';
import { configWith, faultsOf, resourcesWith } from '../sources.fixture.ts';

type Read = Readonly<Record<string, string>>;

function argumentsOf(block: ParsedBlock | undefined): Read {
  return Object.fromEntries([...(block?.attributes ?? [])].map(([name, tokens]) => [name, tokens.join(' ')]));
}

function blocksOf(text: string, name: string): readonly ParsedBlock[] {
  return parseFile(text).filter((block) => block.name === name);
}

const rds = {
  namespace: 'AWS/RDS',
  metrics: [
    { name: 'CPUUtilization', statistics: ['Average', 'p99'] },
    { name: 'Requests', statistics: ['Sum'] },
  ],
};
const own = { namespace: 'Our Shop', period: '1m', metrics: [{ name: 'orders', statistics: ['Sum', 'Average'] }] };

describe('cloudwatch', () => {
  const text = configWith({
    name: 'aws',
    cloudwatch: {
      region: 'eu-west-1',
      assumeRoleArn: 'arn:aws:iam::444455556666:role/read-only',
      services: [{ ...rds, tags: { team: 'shop|cart' } }, own],
    },
  });
  const [exporter] = blocksOf(text, 'prometheus.exporter.cloudwatch');
  const [found, custom] = exporter?.blocks ?? [];

  it('holds together', () => {
    expect(faultsOf(text)).toEqual([]);
    expect(argumentsOf(exporter)).toEqual({ sts_region: '"eu-west-1"' });
  });

  it('looks for the resources of a namespace where they are known, by the whole of their tags', () => {
    expect(found?.name).toBe('discovery');
    expect(argumentsOf(found)).toMatchObject({
      type: '"AWS/RDS"',
      regions: '[ "eu-west-1" ]',
      search_tags: '{ team = "^(?:shop|cart)$" , }',
    });
  });

  it('asks for any other as it is', () => {
    expect([custom?.name, custom?.label, argumentsOf(custom)['namespace']]).toEqual([
      'custom_namespace',
      'namespace_1',
      '"Our Shop"',
    ]);
  });

  it('looks back far enough for values that come late', () => {
    const windows = [found, custom].map((block) => [argumentsOf(block)['period'], argumentsOf(block)['length']]);
    expect(windows).toEqual([
      ['"300s"', '"600s"'],
      ['"60s"', '"600s"'],
    ]);
    const daily = configWith({ name: 'a', cloudwatch: { region: 'eu-west-1', services: [{ ...rds, period: '1d' }] } });
    expect(daily).toMatch(/period += "86400s"\n\t\tlength += "172800s"/);
  });

  it('takes nothing for zero where things are counted, and nowhere else', () => {
    const metrics = [found, custom].flatMap((block) => block?.blocks ?? []).filter(({ name }) => name === 'metric');
    expect(metrics.map(argumentsOf).map(({ name, nil_to_zero }) => [name, nil_to_zero])).toEqual([
      ['"CPUUtilization"', 'false'],
      ['"Requests"', 'true'],
      ['"orders"', 'false'],
    ]);
  });

  it('goes on to the role of another account in every job', () => {
    const roles = [found, custom].map((block) => block?.blocks.find(({ name }) => name === 'role'));
    expect(roles.map(argumentsOf)).toEqual([
      { role_arn: '"arn:aws:iam::444455556666:role/read-only"' },
      { role_arn: '"arn:aws:iam::444455556666:role/read-only"' },
    ]);
  });

  it.each([
    ['every four minutes, so that no query looks past it', rds, '"240s"'],
    ['every minute where values are of a minute', own, '"60s"'],
  ])('asks %s', (_, service, interval) => {
    const [scrape] = blocksOf(
      configWith({ name: 'aws', cloudwatch: { region: 'eu-west-1', services: [service] } }),
      'prometheus.scrape',
    );
    expect(argumentsOf(scrape)).toMatchObject({ scrape_interval: interval, scrape_timeout: '"60s"' });
  });
});

const id = '11111111-2222-3333-4444-555555555555';
const storage = {
  subscriptions: [id],
  clientId: id,
  resourceType: 'Microsoft.Storage/storageAccounts',
  metrics: ['Egress', 'Availability'],
};

describe('azureMonitor', () => {
  it('says what the spec says, and asks no resource for tags that nobody wants', () => {
    const text = configWith({ name: 'blobs', azureMonitor: storage });
    expect(faultsOf(text)).toEqual([]);
    expect(argumentsOf(blocksOf(text, 'prometheus.exporter.azure')[0])).toEqual({
      subscriptions: `[ "${id}" ]`,
      resource_type: '"Microsoft.Storage/storageAccounts"',
      metrics: '[ "Egress" , "Availability" ]',
      included_resource_tags: '[ ]',
    });
  });

  it('has every choice of the spec', () => {
    const text = configWith({
      name: 'blobs',
      azureMonitor: {
        ...storage,
        metricNamespace: 'Microsoft.Storage/storageAccounts/blobServices',
        aggregations: ['total'],
        dimensions: ['ApiName'],
        tags: ['owner'],
        regions: ['westeurope'],
      },
    });
    expect(faultsOf(text)).toEqual([]);
    expect(argumentsOf(blocksOf(text, 'prometheus.exporter.azure')[0])).toMatchObject({
      metric_namespace: '"Microsoft.Storage/storageAccounts/blobServices"',
      metric_aggregations: '[ "total" ]',
      included_dimensions: '[ "ApiName" ]',
      included_resource_tags: '[ "owner" ]',
      regions: '[ "westeurope" ]',
    });
  });
});

describe('gcp', () => {
  const of = (...projects: readonly string[]) =>
    configWith({ name: 'google', gcp: { projects, metricPrefixes: ['pubsub.googleapis.com/subscription'] } });

  it('takes what one project sees of others, and no series twice from several', () => {
    expect(faultsOf(of('shop-prod-1'))).toEqual([]);
    expect(of('shop-prod-1')).not.toContain('drop_delegated_projects');
    expect(of('shop-prod-1', 'shop-test-1')).toContain('drop_delegated_projects = true');
  });

  it('asks every minute whatever the pace of others is, for a value that is passed over is lost', () => {
    expect(argumentsOf(blocksOf(of('shop-prod-1'), 'prometheus.scrape')[0])).toMatchObject({
      scrape_interval: '"60s"',
      scrape_timeout: '"60s"',
    });
  });
});

it('an exporter is called after its source, and not by a hash of its settings', () => {
  const text = configWith({ name: 'blobs', azureMonitor: storage });
  const rules = blocksOf(text, 'discovery.relabel')[0]?.blocks.map(argumentsOf);
  expect(rules).toContainEqual({ target_label: '"instance"', replacement: '"blobs"' });
});

describe('as whom clouds are asked', () => {
  const patchesOf = (...sources: readonly object[]) =>
    resourcesWith(...sources).patchFiles.flatMap(({ name, patches }) =>
      name === 'workload-identity.yaml' ? patches.map((patch) => JSON.stringify(patch)) : [],
    );
  const roleArn = 'arn:aws:iam::111122223333:role/alloy-sources';

  it('is the role and the client of the ServiceAccount', () => {
    const aws = { region: 'eu-west-1', services: [rds] };
    const patches = patchesOf(
      { name: 'aws', cloudwatch: { ...aws, roleArn } },
      { name: 'machines', ec2: { region: 'eu-central-1', port: 9100 } },
      { name: 'blobs', azureMonitor: storage },
    );
    expect(patches).toHaveLength(3);
    expect(patches[0]).toContain(
      `"kind":"ServiceAccount","metadata":{"name":"alloy-sources","annotations":{"eks.amazonaws.com/role-arn":"${roleArn}","azure.workload.identity/client-id":"${id}"}}`,
    );
    expect(patches[1]).toContain('"template":{"metadata":{"labels":{"azure.workload.identity/use":"true"}}}');
    expect(patches[2]).toContain('{"name":"AWS_REGION","value":"eu-central-1"}');
  });

  it('is nothing of the pod on nodes that sign in, and on GKE', () => {
    expect(
      patchesOf(
        { name: 'machines', azure: { subscriptionId: id, clientId: id, port: 9100 } },
        { name: 'google', gcp: { projects: ['shop-prod-1'], metricPrefixes: ['pubsub.googleapis.com/topic'] } },
      ),
    ).toEqual([]);
  });
});
