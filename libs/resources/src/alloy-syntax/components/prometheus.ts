import type { BlockModel } from '../model.ts';
import { rule } from './discovery.ts';
import { httpClient } from './http-client.ts';

const clustering = { attributes: { enabled: 'bool' }, required: ['enabled'] } as const satisfies BlockModel;

const monitors = {
  attributes: {
    forward_to: 'references',
    namespaces: 'strings',
    informer_sync_timeout: 'duration',
  },
  required: ['forward_to'],
  blocks: {
    clustering,
    rule,
    scrape: {
      attributes: {
        default_scrape_interval: 'duration',
        default_scrape_timeout: 'duration',
        default_sample_limit: 'number',
        scrape_native_histograms: 'bool',
      },
    },
    selector: { attributes: { match_labels: 'map' } },
  },
} as const satisfies BlockModel;

export const prometheus = {
  // Of the blocks of the exporters only those that are used here are listed.
  'prometheus.exporter.unix': {
    attributes: { enable_collectors: 'strings', disable_collectors: 'strings', set_collectors: 'strings' },
    blocks: {
      filesystem: {
        attributes: { fs_types_exclude: 'string', mount_points_exclude: 'string', mount_timeout: 'duration' },
      },
      netclass: { attributes: { ignore_invalid_speed_device: 'bool', ignored_devices: 'string' } },
      netdev: { attributes: { address_info: 'bool', device_exclude: 'string', device_include: 'string' } },
    },
  },
  'prometheus.exporter.windows': { attributes: { enabled_collectors: 'strings' } },
  'prometheus.exporter.self': { attributes: {} },
  // honor_metadata, enable_type_and_unit_labels and extra_metrics are experimental in 1.18 and left out on purpose.
  'prometheus.scrape': {
    attributes: {
      ...httpClient.attributes,
      targets: 'targets',
      forward_to: 'references',
      job_name: 'string',
      honor_labels: 'bool',
      honor_timestamps: 'bool',
      track_timestamps_staleness: 'bool',
      scrape_classic_histograms: 'bool',
      scrape_native_histograms: 'bool',
      scrape_interval: 'duration',
      scrape_timeout: 'duration',
      scrape_protocols: 'strings',
      metrics_path: 'string',
      scheme: 'string',
      body_size_limit: 'size',
      sample_limit: 'number',
      target_limit: 'number',
      label_limit: 'number',
      label_name_length_limit: 'number',
      label_value_length_limit: 'number',
      params: 'lists',
      enable_compression: 'bool',
    },
    required: ['targets', 'forward_to'],
    blocks: { ...httpClient.blocks, clustering },
  },
  'prometheus.relabel': {
    attributes: { forward_to: 'references', max_cache_size: 'number' },
    required: ['forward_to'],
    blocks: { rule },
  },
  'prometheus.operator.podmonitors': monitors,
  'prometheus.operator.servicemonitors': {
    ...monitors,
    attributes: { ...monitors.attributes, kubernetes_role: 'string' },
  },
  'prometheus.remote_write': {
    attributes: { external_labels: 'map' },
    blocks: {
      endpoint: {
        attributes: {
          ...httpClient.attributes,
          name: 'string',
          url: 'string',
          remote_timeout: 'duration',
          headers: 'map',
          send_exemplars: 'bool',
          send_native_histograms: 'bool',
        },
        required: ['url'],
        blocks: {
          ...httpClient.blocks,
          queue_config: {
            attributes: {
              capacity: 'number',
              max_shards: 'number',
              min_shards: 'number',
              max_samples_per_send: 'number',
              batch_send_deadline: 'duration',
              min_backoff: 'duration',
              max_backoff: 'duration',
              retry_on_http_429: 'bool',
              sample_age_limit: 'duration',
            },
          },
          metadata_config: { attributes: { send: 'bool', send_interval: 'duration', max_samples_per_send: 'number' } },
          write_relabel_config: rule,
        },
      },
      wal: {
        attributes: { truncate_frequency: 'duration', min_keepalive_time: 'duration', max_keepalive_time: 'duration' },
      },
    },
  },
} as const satisfies Readonly<Record<string, BlockModel>>;
