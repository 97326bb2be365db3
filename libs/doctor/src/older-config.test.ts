import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { check as pathClosed } from './checks/gateway-path-closed/check.ts';
import { check as unknownTenant } from './checks/unknown-tenant/check.ts';
import { findingsOf } from './diagnose.ts';
import type { Facts } from './facts.ts';

const MADE = '2026-03-01T08:00:00Z';
const PUT_RIGHT = '2026-03-01T11:00:00Z';
const [BEFORE, AFTER] = ['2026-03-01T10:55:00Z', '2026-03-01T11:05:00Z'];

function configMap(text: string, time?: string): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'gateway-config-abc',
      namespace: 'observability',
      labels: { 'app.kubernetes.io/name': 'gateway' },
      creationTimestamp: MADE,
      ...(time !== undefined && { managedFields: [{ manager: 'argocd-controller', time }] }),
    },
    data: { 'nginx.conf': text },
  };
}

function pod(name: string, created: string, started = created): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'observability', creationTimestamp: created },
    status: { containerStatuses: [{ name: 'gateway', state: { running: { startedAt: started } } }] },
  };
}

/** What both checks say beside their usual, and which command is next. */
function said(live: ClusterObject, pods: readonly ClusterObject[]) {
  const lines = (value: number) => [
    { name: 'loki_distributor_lines_received_total', labels: { tenant: 'nobody' }, value },
  ];
  const facts: Facts = {
    at: '2026-03-01T12:00:00Z',
    unknown: [],
    planned: [configMap('right\n')],
    objects: { ConfigMap: [live], Pod: pods },
    routes: [
      {
        method: 'POST',
        path: '/loki/api/v1/push',
        upstream: 'loki',
        signal: 'logs',
        why: 'Logs',
        status: 403,
        byGateway: true,
        tenant: 'main',
      },
    ],
    programs: [
      {
        namespace: 'observability',
        pod: 'loki-0',
        component: 'loki',
        role: 'monolithic',
        metrics: lines(1),
        later: lines(9),
        secondsBetween: 8,
      },
    ],
  };
  return [unknownTenant, pathClosed].flatMap((check) =>
    findingsOf(check, examplePlan('home-lab'), facts).map(({ why, next }) => ({
      older: why.filter((line) => line.includes('what git says since')),
      restarts: next === 'kubectl --namespace=observability rollout restart deployment gateway',
    })),
  );
}

const NAME = 'gateway-5d4cf56db6';
const nothing = { older: [], restarts: false };

test('who started before the configuration was put right is named, and started anew', () => {
  const older = [
    `ConfigMap gateway-config-abc is what git says since ${PUT_RIGHT}; what started before may run with another: ${NAME}-aaaaa, ${NAME}-bbbbb`,
  ];
  const pods = [pod(`${NAME}-aaaaa`, BEFORE), pod(`${NAME}-bbbbb`, MADE), pod(`${NAME}-ccccc`, AFTER)];
  const found = { older, restarts: true };
  expect(said(configMap('right\n', PUT_RIGHT), pods)).toEqual([found, found]);
});

test('it is not that where all started afterwards, a container of an older pod too', () => {
  const pods = [pod(`${NAME}-aaaaa`, AFTER), pod(`${NAME}-bbbbb`, MADE, AFTER)];
  expect(said(configMap('right\n', PUT_RIGHT), pods)).toEqual([nothing, nothing]);
});

test('nor where the configuration is still wrong, or was never written again', () => {
  const pods = [pod(`${NAME}-aaaaa`, BEFORE)];
  expect(said(configMap('wrong\n', PUT_RIGHT), pods)).toEqual([nothing, nothing]);
  expect(said(configMap('right\n', MADE), pods)).toEqual([nothing, nothing]);
  expect(said(configMap('right\n'), pods)).toEqual([nothing, nothing]);
});
