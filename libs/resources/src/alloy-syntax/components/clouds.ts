import type { BlockModel } from '../model.ts';

const metric = {
  attributes: { name: 'string', statistics: 'strings', period: 'duration', length: 'duration', nil_to_zero: 'bool' },
  required: ['name', 'statistics'],
} as const satisfies BlockModel;

const role = {
  attributes: { role_arn: 'string', external_id: 'string' },
  required: ['role_arn'],
} as const satisfies BlockModel;

/** Exporters that ask clouds for what these measure themselves. */
export const clouds = {
  // Of the jobs `static` is left out: it names every dimension of every resource.
  'prometheus.exporter.cloudwatch': {
    attributes: { sts_region: 'string', labels_snake_case: 'bool' },
    required: ['sts_region'],
    blocks: {
      discovery: {
        attributes: {
          type: 'string',
          regions: 'strings',
          search_tags: 'map',
          period: 'duration',
          length: 'duration',
          recently_active_only: 'bool',
        },
        required: ['type', 'regions', 'metric'],
        blocks: { metric, role },
      },
      custom_namespace: {
        attributes: {
          namespace: 'string',
          regions: 'strings',
          period: 'duration',
          length: 'duration',
          recently_active_only: 'bool',
        },
        required: ['namespace', 'regions', 'metric'],
        blocks: { metric, role },
        labelled: true,
      },
    },
  },
  'prometheus.exporter.azure': {
    attributes: {
      subscriptions: 'strings',
      resource_type: 'string',
      metrics: 'strings',
      metric_aggregations: 'strings',
      metric_namespace: 'string',
      included_dimensions: 'strings',
      included_resource_tags: 'strings',
      regions: 'strings',
      timespan: 'string',
      interval: 'string',
    },
    required: ['subscriptions', 'resource_type', 'metrics'],
  },
  'prometheus.exporter.gcp': {
    attributes: {
      project_ids: 'strings',
      metrics_prefixes: 'strings',
      request_interval: 'duration',
      drop_delegated_projects: 'bool',
    },
    required: ['project_ids', 'metrics_prefixes'],
  },
} as const satisfies Readonly<Record<string, BlockModel>>;
