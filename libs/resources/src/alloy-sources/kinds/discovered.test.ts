import fc from 'fast-check';
import { discoveredSources } from '@lgtm-fleet/spec/testing';
import { describe, expect, it } from 'vitest';
import { parseFile, type ParsedBlock } from '../../alloy-syntax/parse.ts';
import { configWith, faultsOf } from '../sources.fixture.ts';

const key = { secret: 'lists', key: 'token' };
const FILE = '"/etc/source-credentials/lists/token"';

function blocksOf(source: object, name: string): readonly ParsedBlock[] {
  return parseFile(configWith({ name: 'far-away', ...source })).filter((block) => block.name === name);
}

/** Arguments of a block as they are written, with a space between tokens. */
function argumentsOf(block: ParsedBlock | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries([...(block?.attributes ?? [])].map(([name, tokens]) => [name, tokens.join(' ')]));
}

/** The steps after the one that sets the job. */
function stepsOf(source: object): readonly Readonly<Record<string, string>>[] {
  return (blocksOf(source, 'discovery.relabel')[0]?.blocks ?? [])
    .map(argumentsOf)
    .filter(({ target_label }) => target_label !== '"job"');
}

const label = (from: string, to: string) => ({ source_labels: `[ "${from}" ]`, target_label: `"${to}"` });
const keep = (from: string, value: string) => ({
  source_labels: `[ "${from}" ]`,
  regex: `"${value}"`,
  action: '"keep"',
});

it('what is made of any source of these kinds is a configuration that holds together', () => {
  fc.assert(
    fc.property(discoveredSources, (sources) => {
      if (sources.length > 0) expect(faultsOf(configWith(...sources))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe('dns', () => {
  it('asks for SRV records, which have ports', () => {
    const source = { dns: { names: ['_metrics._tcp.example.com'], ports: [9100], refresh: '5m' } };
    expect(blocksOf(source, 'discovery.dns').map(argumentsOf)).toEqual([
      { names: '[ "_metrics._tcp.example.com" ]', refresh_interval: '"300s"' },
    ]);
    expect(stepsOf(source)).toEqual([label('__meta_dns_name', 'dns_name')]);
  });

  it('puts the port to addresses, and scrapes as any target is scraped', () => {
    const source = { dns: { names: ['web.example.com'], type: 'AAAA', port: 9100, scheme: 'https', path: '/m' } };
    expect(blocksOf(source, 'discovery.dns').map(argumentsOf)).toEqual([
      { names: '[ "web.example.com" ]', type: '"AAAA"', port: '9100', refresh_interval: '"60s"' },
    ]);
    expect(argumentsOf(blocksOf(source, 'prometheus.scrape')[0])).toMatchObject({
      targets: 'discovery.relabel.far_away.output',
      scheme: '"https"',
      metrics_path: '"/m"',
    });
  });
});

describe('http', () => {
  const source = {
    http: {
      url: 'https://sd.example.com/targets?team=shop',
      serverAuth: { bearer: key },
      serverTls: { ca: key },
      auth: { basic: { username: 'us', password: key } },
      ports: [9100],
    },
  };

  it('shows the server of the list what is for it, and the targets what is for them', () => {
    const [list] = blocksOf(source, 'discovery.http');
    expect(argumentsOf(list)).toEqual({
      url: '"https://sd.example.com/targets?team=shop"',
      refresh_interval: '"60s"',
      bearer_token_file: FILE,
    });
    expect(list?.blocks.map((block) => [block.name, argumentsOf(block)])).toEqual([['tls_config', { ca_file: FILE }]]);
    const [scrape] = blocksOf(source, 'prometheus.scrape');
    expect(argumentsOf(scrape)).not.toHaveProperty('bearer_token_file');
    expect(argumentsOf(scrape?.blocks.find(({ name }) => name === 'basic_auth'))).toEqual({
      username: '"us"',
      password_file: FILE,
    });
  });

  it('leaves the labels to the list', () => {
    expect(stepsOf(source)).toEqual([]);
  });
});

describe('consul', () => {
  it('shows its token as a bearer does, from a file that is read again', () => {
    const source = {
      consul: {
        server: 'consul.example.com:8501',
        serverScheme: 'https',
        datacenter: 'dc1',
        token: key,
        services: ['web', 'node-exporter'],
        tags: ['prod'],
        ports: [9100],
      },
    };
    expect(blocksOf(source, 'discovery.consul').map(argumentsOf)).toEqual([
      {
        server: '"consul.example.com:8501"',
        scheme: '"https"',
        datacenter: '"dc1"',
        services: '[ "web" , "node-exporter" ]',
        tags: '[ "prod" ]',
        refresh_interval: '"60s"',
        bearer_token_file: FILE,
      },
    ]);
    expect(stepsOf(source)).toEqual([
      label('__meta_consul_service', 'consul_service'),
      label('__meta_consul_node', 'consul_node'),
    ]);
  });
});

describe('clouds', () => {
  it('of EC2 it takes the instances that run, by name and id', () => {
    const source = {
      ec2: {
        region: 'eu-west-1',
        roleArn: 'arn:aws:iam::111122223333:role/alloy-sources',
        assumeRoleArn: 'arn:aws:iam::444455556666:role/read-only',
        filters: { 'tag:Team': ['shop', 'cart'] },
        port: 9100,
      },
    };
    const [list] = blocksOf(source, 'discovery.ec2');
    // The role of the ServiceAccount is no argument: the client finds it where the cloud puts it.
    expect(argumentsOf(list)).toEqual({
      region: '"eu-west-1"',
      role_arn: '"arn:aws:iam::444455556666:role/read-only"',
      port: '9100',
      refresh_interval: '"60s"',
    });
    expect(list?.blocks.map((block) => [block.name, argumentsOf(block)])).toEqual([
      ['filter', { name: '"tag:Team"', values: '[ "shop" , "cart" ]' }],
    ]);
    expect(stepsOf(source)).toEqual([
      keep('__meta_ec2_instance_state', 'running'),
      label('__meta_ec2_tag_Name', 'ec2_name'),
      label('__meta_ec2_instance_id', 'ec2_instance_id'),
    ]);
  });

  it('of Azure it asks as an identity of the node', () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const source = { azure: { subscriptionId: id, clientId: id, resourceGroup: 'shop', port: 9100 } };
    const [list] = blocksOf(source, 'discovery.azure');
    expect(argumentsOf(list)).toEqual({
      subscription_id: `"${id}"`,
      resource_group: '"shop"',
      port: '9100',
      refresh_interval: '"60s"',
    });
    expect(list?.blocks.map((block) => [block.name, argumentsOf(block)])).toEqual([
      ['managed_identity', { client_id: `"${id}"` }],
    ]);
    expect(stepsOf(source)).toEqual([
      label('__meta_azure_machine_name', 'azure_name'),
      label('__meta_azure_machine_resource_group', 'azure_resource_group'),
    ]);
  });

  it('of Google Compute Engine it takes the instances that run', () => {
    const source = { gce: { project: 'shop-1', zone: 'europe-west1-b', filter: 'labels.team="shop"', port: 9100 } };
    expect(blocksOf(source, 'discovery.gce').map(argumentsOf)).toEqual([
      {
        project: '"shop-1"',
        zone: '"europe-west1-b"',
        filter: '`labels.team="shop"`',
        port: '9100',
        refresh_interval: '"60s"',
      },
    ]);
    expect(stepsOf(source)).toEqual([
      keep('__meta_gce_instance_status', 'RUNNING'),
      label('__meta_gce_instance_name', 'gce_name'),
    ]);
  });

  it('a label that the source says itself is not taken from the list', () => {
    const ec2 = { region: 'eu-west-1', port: 9100 };
    expect(
      stepsOf({ ec2, labels: { ec2_name: 'all' } }).filter(({ target_label }) => target_label === '"ec2_name"'),
    ).toEqual([{ target_label: '"ec2_name"', replacement: '"all"' }]);
  });
});
