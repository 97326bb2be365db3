import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainReason } from './encryption.ts';
import { plan } from './plan.ts';
import type { Plan, PodEndpoint } from './types.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };

/** Over random clusters with the issuer, and the same without. */
function law(check: (planned: Plan, without: Plan) => void): void {
  fc.assert(
    fc.property(anyCluster, ({ spec: { tls: _, ...spec }, ...file }) => {
      check(plan({ ...file, spec: { ...spec, tls: { issuer: 'internal' } } }, fleet), plan({ ...file, spec }, fleet));
    }),
    { numRuns: 60 },
  );
}

test('without an issuer nothing is encrypted and there is no certificate', () => {
  law((_, { connections, certificates, tls }) => {
    expect(tls).toBeUndefined();
    expect(certificates).toEqual([]);
    expect(connections.filter(({ encryption }) => encryption !== undefined)).toEqual([]);
  });
});

test('an issuer adds no connection and takes none away, but for rules that go over gRPC instead of HTTP', () => {
  law((planned, without) => {
    const edges = ({ connections }: Plan) =>
      connections
        .filter(({ why }) => why !== 'evaluates remotely')
        .map(({ encryption: _, ...connection }) => connection);
    expect(edges(planned)).toEqual(edges(without));
  });
});

test('what is not encrypted has a reason, unless it is no business of ours', () => {
  const outside = new Set(['dns', 'https']);
  law(({ connections }) => {
    for (const connection of connections) {
      if (connection.encryption !== undefined || outside.has(connection.protocol)) continue;
      if (connection.to.kind === 'outside' && connection.to.name === 'object-storage') continue;
      expect(plainReason(connection), JSON.stringify(connection)).toBeDefined();
    }
  });
});

test('both ends of what is encrypted have what they need, and the certificate bears the name that is called', () => {
  law(({ connections, certificates, kubernetes }) => {
    const of = (end: PodEndpoint) =>
      certificates.filter(({ users }) =>
        users.some(({ component, role }) => component === end.component && role === end.role),
      );
    for (const { from, to, service, encryption } of connections) {
      if (encryption === undefined || to.kind !== 'pods') continue;
      const [server] = of(to);
      expect(server?.mounted).toContain('tls.key');
      expect(server?.dnsNames).toContain(`${String(service)}.${to.namespace}.svc.${kubernetes.clusterDomain}`);
      expect(server?.dnsNames).toContain(`${to.component}.${to.namespace}.svc.${kubernetes.clusterDomain}`);
      if (from.kind !== 'pods') continue;
      const [client] = of(from);
      expect(client?.mounted).toContain('ca.crt');
      if (encryption === 'mutual-tls') {
        expect(from.component).toBe(to.component);
        expect(client?.usages).toContain('client auth');
      }
    }
  });
});

test('each role mounts one certificate, of its own namespace', () => {
  law(({ certificates }) => {
    const uses = certificates.flatMap(({ users, namespace }) => users.map((user) => ({ ...user, from: namespace })));
    expect(new Set(uses.map(({ component, role }) => `${component}/${role}`)).size).toBe(uses.length);
    for (const { namespace, from } of uses) expect(from).toBe(namespace);
  });
});

test('the CA alone opens no gRPC port, and its key is mounted nowhere', () => {
  law(({ certificates }) => {
    const authorities = certificates.filter(({ name }) => name === 'internal-ca');
    expect(authorities.length).toBeGreaterThan(0);
    for (const { usages, mounted } of authorities) {
      expect(usages).not.toContain('client auth');
      expect(mounted).toEqual(['ca.crt']);
    }
  });
});
