import { parseValue } from '@lgtm-fleet/spec/testing';
import { describe, expect, it } from 'vitest';
import { plan } from '../../plan.ts';
import type { Connection, Plan } from '../../types.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };
const ID = '11111111-2222-3333-4444-555555555555';
const roleArn = 'arn:aws:iam::111122223333:role/alloy-sources';
const assumeRoleArn = 'arn:aws:iam::444455556666:role/read-only';

function planWith(...kinds: readonly object[]): Plan {
  const sources = kinds.map((kind, index) => ({ name: `source-${String(index)}`, series: 10, ...kind }));
  return plan(
    parseValue({
      apiVersion: 'lgtm-fleet/v1',
      kind: 'Cluster',
      metadata: { name: 'any' },
      spec: { ingest: { sources } },
    }),
    fleet,
  );
}

/** Where the collector of sources goes outside: `sources sd.example.com:443`, `sources anywhere:9100`. */
function waysOf(...kinds: readonly object[]): readonly string[] {
  return planWith(...kinds)
    .connections.filter(({ from }) => from.kind === 'pods' && from.component === 'alloy-sources')
    .flatMap(({ to, port }: Connection) =>
      to.kind === 'outside' && to.name !== 'cluster-dns'
        ? (to.hosts ?? ['anywhere']).map((host) => `${to.name} ${host}:${String(port)}${namespaceOf(to)}`)
        : [],
    )
    .toSorted();
}

function namespaceOf({ namespace }: { readonly namespace?: string }): string {
  return namespace === undefined ? '' : ` in ${namespace}`;
}

describe('lists', () => {
  it('of DNS open the ports alone: everybody may ask the DNS', () => {
    expect(waysOf({ dns: { names: ['_m._tcp.example.com'], ports: [9100, 9182] } })).toEqual([
      'sources anywhere:9100',
      'sources anywhere:9182',
    ]);
    expect(waysOf({ dns: { names: ['web.example.com'], type: 'A', port: 9100 } })).toEqual(['sources anywhere:9100']);
  });

  it.each([
    ['https://SD.example.com/targets', ['sources sd.example.com:443']],
    ['http://sd.example.com:8080/targets?team=shop', ['sources sd.example.com:8080']],
    ['http://[2001:db8::7]/targets', ['sources 2001:db8::7:80']],
    ['http://netbox.netbox.svc.cluster.local/sd', ['sources netbox.netbox.svc.cluster.local:80 in netbox']],
  ])('over HTTP are at %s', (url, expected) => {
    expect(waysOf({ http: { url, ports: [9100] } })).toEqual([...expected, 'sources anywhere:9100'].toSorted());
  });

  it('of Consul are at its server', () => {
    expect(waysOf({ consul: { server: 'consul.example.com:8501', ports: [9100] } })).toEqual([
      'sources anywhere:9100',
      'sources consul.example.com:8501',
    ]);
  });
});

describe('AWS', () => {
  const ec2 = { region: 'eu-west-1', port: 9100 };
  const rds = { namespace: 'AWS/RDS', metrics: [{ name: 'CPUUtilization', statistics: ['Average'] }] };

  it('is asked by Pod Identity unless a role is said, and by IRSA then', () => {
    expect(waysOf({ ec2 })).toEqual([
      'pod-identity-agent 169.254.170.23:80',
      'pod-identity-agent fd00:ec2::23:80',
      'sources anywhere:9100',
      'sources ec2.eu-west-1.amazonaws.com:443',
    ]);
    expect(waysOf({ ec2: { ...ec2, roleArn } })).toEqual([
      'sources anywhere:9100',
      'sources ec2.eu-west-1.amazonaws.com:443',
      'token-service sts.eu-west-1.amazonaws.com:443',
    ]);
  });

  it('assumes a role of another account at STS, whichever way it signed in', () => {
    expect(waysOf({ ec2: { ...ec2, assumeRoleArn } })).toContain('token-service sts.eu-west-1.amazonaws.com:443');
  });

  it('has one identity for all sources: a role that one says holds for those that say none', () => {
    const ways = waysOf({ ec2 }, { cloudwatch: { region: 'cn-north-1', roleArn, services: [rds] } });
    expect(ways).toEqual([
      'sources anywhere:9100',
      'sources ec2.eu-west-1.amazonaws.com:443',
      'sources iam.cn-north-1.amazonaws.com.cn:443',
      'sources monitoring.cn-north-1.amazonaws.com.cn:443',
      'sources tagging.cn-north-1.amazonaws.com.cn:443',
      'token-service sts.cn-north-1.amazonaws.com.cn:443',
      'token-service sts.eu-west-1.amazonaws.com:443',
    ]);
  });

  it('says at STS and IAM whose metrics they are, and elsewhere which resources there are', () => {
    const ways = (...namespaces: readonly string[]) =>
      waysOf({
        cloudwatch: { region: 'us-gov-west-1', services: namespaces.map((namespace) => ({ ...rds, namespace })) },
      }).filter((way) => way.startsWith('sources'));
    const always = ['sources iam.us-gov.amazonaws.com:443', 'sources monitoring.us-gov-west-1.amazonaws.com:443'];
    expect(ways('AWS/RDS')).toEqual([...always, 'sources tagging.us-gov-west-1.amazonaws.com:443']);
    expect(ways('AWS/EC2Spot', 'AWS/TransitGateway', 'AWS/DDoSProtection', 'Our Shop')).toEqual([
      'sources ec2.us-gov-west-1.amazonaws.com:443',
      ...always,
      'sources shield.us-east-1.amazonaws.com:443',
      'sources tagging.us-gov-west-1.amazonaws.com:443',
    ]);
  });
});

describe('Azure', () => {
  const azure = { subscriptionId: ID, clientId: ID, port: 9100 };
  const monitor = { subscriptions: [ID], clientId: ID, resourceType: 'Microsoft.Web/sites', metrics: ['Requests'] };

  it('lists machines for an identity of the node, and shows metrics to the pod itself', () => {
    expect(waysOf({ azure })).toEqual([
      'metadata-server 169.254.169.254:80',
      'sources anywhere:9100',
      'sources management.azure.com:443',
    ]);
    expect(waysOf({ azureMonitor: monitor })).toEqual([
      'sources management.azure.com:443',
      'token-service login.microsoftonline.com:443',
    ]);
  });
});

describe('Google Cloud', () => {
  const gce = { project: 'shop-1', zone: 'europe-west1-b', port: 9100 };
  const gcp = { projects: ['shop-1'], metricPrefixes: ['pubsub.googleapis.com/topic'] };

  it('asks the metadata server of GKE who it is, for both the same', () => {
    const metadata = ['metadata-server 169.254.169.252:988', 'metadata-server 169.254.169.254:80'];
    expect(waysOf({ gce })).toEqual([...metadata, 'sources anywhere:9100', 'sources compute.googleapis.com:443']);
    expect(waysOf({ gcp })).toEqual([...metadata, 'sources monitoring.googleapis.com:443']);
    expect(waysOf({ gce }, { gcp }, { azure: { subscriptionId: ID, clientId: ID, port: 9100 } })).toEqual([
      ...metadata,
      'sources anywhere:9100',
      'sources compute.googleapis.com:443',
      'sources management.azure.com:443',
      'sources monitoring.googleapis.com:443',
    ]);
  });
});

it('a port of a host is open once, whoever needs it', () => {
  const fixed = (...targets: readonly string[]) => ({ static: { targets } });
  const planned = planWith(fixed('a.example.com:9100', 'b.example.com:9100'), {
    labels: { team: 'shop' },
    ...fixed('b.example.com:9100', 'a.example.com:8080'),
  });
  const edges = planned.connections.filter(({ to }) => to.kind === 'outside' && to.name === 'sources');
  expect(edges.map(({ to, port, why }) => [to.kind === 'outside' ? to.hosts : [], port, why])).toEqual([
    [['a.example.com', 'b.example.com'], 9100, 'asks the source source-0; asks the source source-1'],
    [['a.example.com'], 8080, 'asks the source source-1'],
  ]);
});

it('hundreds of sources at a port have a reason that can be read', () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ static: { targets: [`192.0.2.${String(index)}:9100`] } }));
  const edge = planWith(...many).connections.find(({ to }) => to.kind === 'outside' && to.name === 'sources');
  expect(edge?.to).toMatchObject({ hosts: expect.arrayContaining(['192.0.2.0', '192.0.2.8']) });
  expect(edge?.why).toMatch(/^(?:asks the source source-\d; ){5}and 4 others$/);
});

it('where no source is of a cloud, nobody signs in', () => {
  const { ingest, connections } = planWith({ static: { targets: ['192.0.2.7:9100'] } });
  expect(ingest).not.toHaveProperty('access');
  expect(JSON.stringify(connections)).not.toMatch(/token-service|metadata-server|pod-identity-agent/);
});
