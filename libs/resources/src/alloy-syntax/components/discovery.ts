import type { BlockModel } from '../model.ts';

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
