import type { Plan } from '@lgtm-fleet/plan';
import { secretsOf } from '@lgtm-fleet/spec';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { fqdn } from '../addresses.ts';
import { printFile } from '../alloy-syntax/print.ts';
import type { Emit, PatchFile } from '../types.ts';
import { CREDENTIALS } from './credential-files.ts';
import { collectSource } from './source.ts';
import { receiverOf, remoteWrites } from './write.ts';

/** The collector of what is outside: each source scraped once by one of the replicas, and pushed as its tenant. */
export const alloySources: Emit = (plan) => {
  const { sources } = plan.ingest;
  return {
    configFiles: [
      {
        name: 'config.alloy',
        configMap: 'alloy-sources-config',
        hashed: true,
        form: 'text',
        text: printFile([
          ...sources.flatMap((source) => collectSource(source, receiverOf(plan, source.tenant))),
          ...remoteWrites(plan),
        ]),
        comment: '//',
      },
    ],
    objectFiles: [],
    patchFiles: [...credentials(plan), ...identity(plan), ...pings(plan), ...peers(plan)],
  };
};

function credentials({ ingest }: Plan): readonly PatchFile[] {
  const names = [...new Set(secretsOf(ingest).map(({ secret }) => secret))].toSorted();
  if (names.length === 0) return [];
  return [
    {
      name: 'source-credentials.yaml',
      why: 'What is shown to sources: a folder for each Secret, a file for each key, read again when it changes.',
      patches: [
        patch({
          containers: [
            {
              name: 'alloy-sources',
              volumeMounts: names.map((name) => ({
                name: `source-${name}`,
                mountPath: `${CREDENTIALS}/${name}`,
                readOnly: true,
              })),
            },
          ],
          volumes: names.map((name) => ({ name: `source-${name}`, secret: { secretName: name, defaultMode: 0o440 } })),
        }),
      ],
    },
  ];
}

function identity({ ingest: { access } }: Plan): readonly PatchFile[] {
  if (access === undefined) return [];
  const { serviceAccountAnnotations: annotations, podLabels: labels, environment } = access;
  const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const patches = [
    ...(Object.keys(annotations).length === 0
      ? []
      : [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'alloy-sources', annotations } }]),
    ...(Object.keys(labels).length === 0 ? [] : [patchPods({ metadata: { labels } })]),
    ...(env.length === 0 ? [] : [patch({ containers: [{ name: 'alloy-sources', env }] })]),
  ];
  if (patches.length === 0) return [];
  return [
    {
      name: 'workload-identity.yaml',
      why: 'As whom clouds are asked for what is there and for its metrics; no key exists anywhere.',
      patches,
    },
  ];
}

/** Group of the process, as `base/alloy-sources` has it. */
const GROUP = 10_001;

function pings({ ingest }: Plan): readonly PatchFile[] {
  if (ingest.sources.every(({ blackbox }) => blackbox?.icmp === undefined)) return [];
  const value = `${String(GROUP)} ${String(GROUP)}`;
  return [
    {
      name: 'ping.yaml',
      why: 'A source pings: its group may open sockets for echo requests, and needs no capability for them.',
      patches: [patch({ securityContext: { sysctls: [{ name: 'net.ipv4.ping_group_range', value }] } })],
    },
  ];
}

function peers(plan: Plan): readonly PatchFile[] {
  if (plan.kubernetes.clusterDomain === 'cluster.local') return [];
  const value = `${fqdn(plan, 'alloy-sources', 'monitoring')}:12345`;
  return [
    {
      name: 'peers.yaml',
      why: `spec.kubernetes.clusterDomain is ${plan.kubernetes.clusterDomain}: the replicas find each other under that name`,
      patches: [patch({ containers: [{ name: 'alloy-sources', env: [{ name: 'ALLOY_PEERS', value }] }] })],
    },
  ];
}

function patch(spec: YamlValue): PatchFile['patches'][number] {
  return patchPods({ spec });
}

function patchPods(template: YamlValue): PatchFile['patches'][number] {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'alloy-sources' }, spec: { template } };
}
