import {
  get,
  list,
  number,
  object,
  readManifests,
  text,
  workloadOf,
  type Manifest,
  type Workload,
} from '@lgtm-fleet/manifests';
import { beforeAll, describe, expect, test } from 'vitest';
import { restrictedFaults } from './testing/pod-security.ts';
import { renderExamples } from './testing/rendered.ts';

/** What pods may do on their nodes, and what guards the namespaces: in every example. */

/** The host collectors, and everything of theirs that Pod Security `restricted` would refuse. */
const PRIVILEGED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alloy: {
    'hostPath /var/log/pods': 'the log files of all containers, read-only',
    'hostPath /var/lib/lgtm-fleet/alloy': 'where it has read to, which must outlive its pod',
    'runs as root': 'the container runtime writes log files that only root may read',
    'may run as root': 'the same',
  },
  'node-exporter': {
    hostNetwork: 'the network devices of the node',
    hostPID: 'the mounts of the node, which are those of its first process',
    'hostPort 9100': 'it follows from the network of the node',
    'hostPath /': 'how full the file systems of the node are, read-only',
    'hostPath /sys': 'the hardware of the node, read-only',
  },
};
/** The one folder of a node that is written to. */
const WRITTEN = ['/var/lib/lgtm-fleet/alloy'];

const STORES = [
  'alertmanager',
  'meta-monitoring',
  'loki',
  'mimir',
  'tempo',
  'prometheus',
  'kafka',
  'seaweedfs',
  'gateway',
];
const COLLECTORS = ['alloy', 'alloy-gateway', 'alloy-sources', 'kube-state-metrics', 'node-exporter'];

const rendered = new Map<string, readonly Manifest[]>();

beforeAll(async () => {
  for (const { cluster, manifests } of await renderExamples())
    rendered.set(cluster, readManifests(manifests, cluster).manifests);
}, 180_000);

describe.each(['home-lab', 'prod-eu', 'prod-eu-shop', 'startup'])('%s', (cluster) => {
  const manifests = (): readonly Manifest[] => rendered.get(cluster) ?? [];
  const ofKind = (kind: string) => manifests().filter((one) => one.kind === kind);
  const workloads = (): readonly Workload[] => manifests().flatMap((manifest) => workloadOf(manifest) ?? []);

  test('every pod but the host collectors passes `restricted`, and these exceed it by what they need', () => {
    expect(workloads().length).toBeGreaterThan(3);
    for (const workload of workloads())
      expect(restrictedFaults(workload), workload.name).toEqual(
        workload.namespace === 'monitoring' ? Object.keys(PRIVILEGED[workload.name] ?? {}).toSorted() : [],
      );
  });

  test('what is mounted from a node is read-only, but for the one folder of its own', () => {
    for (const { pod, containers, name } of workloads()) {
      for (const volume of list(pod, 'volumes')) {
        const path = text(volume, 'hostPath', 'path');
        if (path === undefined || WRITTEN.includes(path)) continue;
        const mounts = containers
          .flatMap(({ body }) => list(body, 'volumeMounts'))
          .filter((mount) => text(mount, 'name') === text(volume, 'name'));
        expect(mounts.length, `${name} ${path}`).toBeGreaterThan(0);
        for (const mount of mounts) expect(get(mount, 'readOnly'), `${name} ${path}`).toBe(true);
      }
    }
  });

  test('users and groups are above 10,000, and file systems cannot be written', () => {
    for (const { name, pod, containers } of workloads()) {
      for (const context of [pod, ...containers.map(({ body }) => body)].map((one) => object(one, 'securityContext')))
        for (const key of ['runAsUser', 'runAsGroup', 'fsGroup']) {
          const id = number(context, key);
          if (id !== undefined && name !== 'alloy') expect(id, `${name} ${key}`).toBeGreaterThan(10_000);
        }
      expect(number(pod, 'securityContext', 'runAsUser'), name).toBeDefined();
      expect(number(pod, 'securityContext', 'runAsGroup'), name).toBeDefined();
      for (const { body } of containers)
        expect(get(body, 'securityContext', 'readOnlyRootFilesystem'), name).toBe(true);
    }
  });

  test('every namespace has its level, a default deny, a quota and limits', () => {
    const own = new Set(workloads().map(({ namespace }) => namespace));
    expect(
      ofKind('Namespace')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...own].toSorted());
    for (const { name, body } of ofKind('Namespace')) {
      const level = name === 'monitoring' ? 'privileged' : 'restricted';
      for (const mode of ['enforce', 'warn', 'audit'])
        expect(get(body, 'metadata', 'labels', `pod-security.kubernetes.io/${mode}`), name).toBe(level);
      for (const kind of ['ResourceQuota', 'LimitRange'])
        expect(
          ofKind(kind).filter(({ namespace }) => namespace === name),
          `${kind} in ${name}`,
        ).toHaveLength(1);
    }
  });

  test('stores and collectors go before ordinary pods, and push nobody off a node', () => {
    const classes = ofKind('PriorityClass');
    for (const { name, body } of classes) {
      expect(get(body, 'preemptionPolicy'), name).toBe('Never');
      expect(get(body, 'globalDefault'), name).toBe(false);
      expect(number(body, 'value'), name).toBeGreaterThan(0);
    }
    const known = classes.map(({ name }) => name);
    for (const { name, kind, pod, labels } of workloads()) {
      const component = labels['app.kubernetes.io/name'] ?? '';
      const cache = /(^|-)cache$/.test(labels['app.kubernetes.io/component'] ?? '');
      const wanted = COLLECTORS.includes(component)
        ? 'lgtm-fleet-collectors'
        : STORES.includes(component) && !cache && kind !== 'Job'
          ? 'lgtm-fleet-stores'
          : undefined;
      expect(get(pod, 'priorityClassName'), name).toBe(wanted);
      if (wanted !== undefined) expect(known).toContain(wanted);
    }
  });

  test('images are pinned to a release', () => {
    for (const { containers } of workloads())
      for (const { image, tag } of containers) expect(tag, image).toMatch(/^v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
  });
});

test('every exception has its reason', () => {
  for (const reasons of Object.values(PRIVILEGED))
    for (const [what, why] of Object.entries(reasons)) expect(why.length, what).toBeGreaterThan(7);
});
