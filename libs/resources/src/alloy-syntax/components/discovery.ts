import type { BlockModel } from '../model.ts';
import { httpClient } from './http-client.ts';

/** Relabelling rules are the same wherever they stand. */
export const rule = {
  attributes: {
    source_labels: 'strings',
    separator: 'string',
    regex: 'string',
    modulus: 'number',
    target_label: 'string',
    replacement: 'string',
    action: 'string',
  },
} as const satisfies BlockModel;

export const discovery = {
  'local.file': {
    attributes: { filename: 'string', is_secret: 'bool', poll_frequency: 'duration' },
    required: ['filename'],
  },
  'discovery.azure': {
    attributes: {
      environment: 'string',
      port: 'number',
      subscription_id: 'string',
      resource_group: 'string',
      refresh_interval: 'duration',
    },
    // Or `oauth`, with a secret that would have to stand in the file.
    required: ['managed_identity'],
    blocks: { managed_identity: { attributes: { client_id: 'string' }, required: ['client_id'] } },
  },
  'discovery.consul': {
    attributes: {
      ...httpClient.attributes,
      server: 'string',
      scheme: 'string',
      datacenter: 'string',
      services: 'strings',
      tags: 'strings',
      refresh_interval: 'duration',
    },
    blocks: httpClient.blocks,
  },
  'discovery.dns': {
    attributes: { names: 'strings', type: 'string', port: 'number', refresh_interval: 'duration' },
    required: ['names'],
  },
  'discovery.ec2': {
    attributes: {
      ...httpClient.attributes,
      region: 'string',
      role_arn: 'string',
      port: 'number',
      refresh_interval: 'duration',
    },
    blocks: {
      ...httpClient.blocks,
      filter: { attributes: { name: 'string', values: 'strings' }, required: ['name', 'values'] },
    },
  },
  'discovery.gce': {
    attributes: { project: 'string', zone: 'string', filter: 'string', port: 'number', refresh_interval: 'duration' },
    required: ['project', 'zone'],
  },
  'discovery.http': {
    attributes: { ...httpClient.attributes, url: 'string', refresh_interval: 'duration' },
    required: ['url'],
    blocks: httpClient.blocks,
  },
  'discovery.kubernetes': {
    attributes: { api_server: 'string', role: 'string', kubeconfig_file: 'string' },
    required: ['role'],
    blocks: {
      namespaces: { attributes: { own_namespace: 'bool', names: 'strings' } },
      selectors: { attributes: { role: 'string', label: 'string', field: 'string' }, required: ['role'] },
      attach_metadata: { attributes: { node: 'bool', namespace: 'bool' } },
    },
  },
  'discovery.relabel': {
    attributes: { targets: 'targets' },
    required: ['targets'],
    blocks: { rule },
  },
} as const satisfies Readonly<Record<string, BlockModel>>;
