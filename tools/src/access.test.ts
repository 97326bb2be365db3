import { readManifests, workloadOf, type Manifest } from '@lgtm-fleet/manifests';
import { clusterKinds, namespacedKinds } from '@lgtm-fleet/overlay';
import { accountsOf, type Plan } from '@lgtm-fleet/plan';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessFaults } from './testing/access.ts';
import { checkout, renderExamples } from './testing/rendered.ts';
import { loadFleet } from './workspace/clusters.ts';
import { isProblem } from './workspace/problem.ts';
import { openWorkspace } from './workspace/root.ts';
import { planOf } from './workspace/tree.ts';

/** Who may do what at the API server: what is declared with its reason, and what is rendered, are one. */

const workspace = openWorkspace(undefined);
if (isProblem(workspace)) throw new Error(workspace.message);
const { repository } = workspace;
const fleet = loadFleet(checkout()).clusters.map(({ cluster }) => cluster);
const plans = new Map<string, Plan>(
  fleet.map((cluster) => [cluster.metadata.name, planOf({ cluster, fleet, repository })]),
);
const rendered = new Map<string, readonly Manifest[]>();

beforeAll(async () => {
  for (const { cluster, manifests } of await renderExamples())
    rendered.set(cluster, readManifests(manifests, cluster).manifests);
}, 180_000);

describe.each([...plans])('%s', (cluster, plan) => {
  const manifests = () => rendered.get(cluster) ?? [];

  test('every account, right and token is declared, and every declared one is there', () => {
    expect(accessFaults(plan, manifests())).toEqual([]);
    expect(accountsOf(plan).length).toBeGreaterThan(3);
  });

  test('a right, an account or a token more is seen, and so is one less', () => {
    const all = manifests();
    const change = (kind: string, name: string, from: string, to: string) =>
      accessFaults(
        plan,
        all.map((one) =>
          one.kind === kind && one.name === name
            ? { ...one, body: JSON.parse(JSON.stringify(one.body).replace(from, to)) as Manifest['body'] }
            : one,
        ),
      );
    const without = (kind: string, name: string) =>
      accessFaults(
        plan,
        all.filter((one) => one.kind !== kind || one.name !== name),
      );
    expect(change('ClusterRole', 'alloy', '"pods"', '"pods","secrets"')).toEqual([
      'monitoring/alloy may list secrets',
      'monitoring/alloy may watch secrets',
    ]);
    expect(change('ClusterRole', 'alloy', '"get"', '"*"')).toContain('monitoring/alloy may * nodes/metrics');
    expect(change('ClusterRole', 'alloy-gateway', '"watch"', '"list"')).toEqual([
      'monitoring/alloy-gateway may not watch pods',
    ]);
    expect(
      change('ClusterRoleBinding', 'alloy', '"ClusterRole","name":"alloy"', '"ClusterRole","name":"view"'),
    ).not.toEqual([]);
    expect(without('ClusterRoleBinding', 'kube-state-metrics')).not.toEqual([]);
    expect(without('ServiceAccount', 'node-exporter')).toEqual(['monitoring/node-exporter is not rendered']);
    const token = '"automountServiceAccountToken":false';
    expect(change('DaemonSet', 'node-exporter', token, token.replace('false', 'true'))).toEqual([
      'node-exporter mounts a token',
    ]);
    expect(change('DaemonSet', 'alloy', token.replace('false', 'true'), token)).toEqual(['alloy lacks a token']);
    expect(change('ServiceAccount', 'alloy', token, token.replace('false', 'true'))).toEqual([
      'alloy mounts tokens itself',
    ]);
  });

  test('every rule says why, and none is a wildcard or reads what is secret', () => {
    for (const { name, rules } of accountsOf(plan)) {
      for (const { group, resources, verbs, why } of rules) {
        expect(why.trim().length, name).toBeGreaterThan(15);
        expect(
          [group, ...resources, ...verbs].filter((word) => word.includes('*')),
          name,
        ).toEqual([]);
        expect(
          resources.filter((one) => /^(secrets|configmaps|nodes\/proxy|pods\/)/.test(one)),
          name,
        ).toEqual([]);
        // Nothing of the stack changes anything in a cluster.
        expect(
          verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb)),
          name,
        ).toEqual([]);
      }
    }
  });

  test('kube-state-metrics may read what it is told to report, and nothing else', () => {
    const [own] = manifests().filter(({ kind, name }) => kind === 'Deployment' && name === 'kube-state-metrics');
    const args = own === undefined ? [] : (workloadOf(own)?.containers[0]?.args ?? []);
    const asked = args
      .find((arg) => arg.startsWith('--resources='))
      ?.replace('--resources=', '')
      .split(',');
    const account = accountsOf(plan).find(({ name }) => name === 'kube-state-metrics');
    expect(asked?.toSorted()).toEqual(account?.rules.flatMap(({ resources }) => resources).toSorted());
  });
});

/** Kinds that no example has, and the choice in a spec that brings each. */
const CHOSEN: Readonly<Record<string, string>> = {
  BackendTLSPolicy: 'spec.tls with spec.exposure',
  CiliumNetworkPolicy: 'spec.kubernetes.networkPolicies',
  Ingress: 'spec.exposure.ingressClass',
  ReferenceGrant: 'spec.exposure.tls with an existing Gateway',
  SealedSecret: 'spec.secrets.sealedSecrets: what a person seals',
};

test('the project allows no kind that nobody makes', () => {
  // Not rendered here: Gateway API and Prometheus Operator bring them, from repositories of their own.
  const theirs = ['CustomResourceDefinition', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
  const made = new Set([...rendered.values()].flat().map(({ kind }) => kind));
  const idle = [...clusterKinds, ...namespacedKinds].map(({ kind }) => kind).filter((kind) => !made.has(kind));
  expect(idle.filter((kind) => !theirs.includes(kind) && CHOSEN[kind] === undefined)).toEqual([]);
  expect(
    Object.keys(CHOSEN).filter((kind) => made.has(kind)),
    'an example has it by now',
  ).toEqual([]);
});
