import { plan } from '@lgtm-fleet/plan';
import { parseValue } from '@lgtm-fleet/spec/testing';
import { expect, test } from 'vitest';
import { networkPolicies } from './network-policies.ts';

function policyOf(sources: readonly object[]) {
  const cluster = parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'any' },
    spec: { objectStorage: { seaweedfs: {} }, ingest: { sources } },
  });
  const planned = plan(cluster, { repository: 'https://git.example.com/fleet.git' });
  const component = planned.components.find(({ name }) => name === 'alloy-sources')!;
  const [policy] = networkPolicies(planned, component);
  const { egress = [] } = policy!.object.spec as { egress?: readonly { to: readonly unknown[]; ports?: unknown }[] };
  const toRanges = egress.filter(({ to }) => JSON.stringify(to).includes('ipBlock'));
  return { rules: toRanges, comments: Object.values(policy!.comments) };
}

const block = (cidr: string) => ({ ipBlock: { cidr } });

test('who is pinged is let out to without ports, and says why', () => {
  const { rules, comments } = policyOf([
    { name: 'routers', blackbox: { icmp: { hosts: ['192.0.2.1', '[2001:db8::1]'] } } },
  ]);
  expect(rules).toEqual([{ to: [block('192.0.2.1/32'), block('2001:db8::1/128')] }]);
  expect(comments).toContain(
    'sources: asks the source routers\nTo let ICMP through it names no ports, for policies have no word for it: everything at these addresses.',
  );
});

test('where one is pinged and asked as well, the other addresses keep their ports', () => {
  const { rules } = policyOf([
    {
      name: 'routers',
      blackbox: { icmp: { hosts: ['192.0.2.1'] }, tcp: { addresses: ['192.0.2.1:22', '192.0.2.2:22'] } },
    },
    { name: 'switches', snmp: { devices: ['192.0.2.1'] } },
  ]);
  expect(rules).toEqual([
    { to: [block('192.0.2.1/32'), block('192.0.2.2/32')], ports: [{ protocol: 'TCP', port: 22 }] },
    { to: [block('192.0.2.1/32')] },
  ]);
});
