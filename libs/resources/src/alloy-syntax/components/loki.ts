import type { BlockModel } from '../model.ts';
import { rule } from './discovery.ts';
import { httpClient } from './http-client.ts';

const json = {
  attributes: { expressions: 'map', source: 'string', drop_malformed: 'bool' },
} as const satisfies BlockModel;

export const loki = {
  'loki.source.file': {
    attributes: {
      targets: 'targets',
      forward_to: 'references',
      encoding: 'string',
      tail_from_end: 'bool',
      on_positions_file_error: 'string',
    },
    required: ['targets', 'forward_to'],
    blocks: {
      file_match: { attributes: { enabled: 'bool', sync_period: 'duration', ignore_older_than: 'duration' } },
      file_watch: { attributes: { min_poll_frequency: 'duration', max_poll_frequency: 'duration' } },
    },
  },
  'loki.source.journal': {
    attributes: {
      forward_to: 'references',
      format_as_json: 'bool',
      max_age: 'duration',
      path: 'string',
      matches: 'string',
      labels: 'map',
      relabel_rules: 'reference',
    },
    required: ['forward_to'],
  },
  'loki.source.windowsevent': {
    attributes: {
      forward_to: 'references',
      eventlog_name: 'string',
      xpath_query: 'string',
      bookmark_path: 'string',
      exclude_event_data: 'bool',
      exclude_event_message: 'bool',
      exclude_user_data: 'bool',
      labels: 'map',
      locale: 'number',
      poll_interval: 'duration',
      use_incoming_timestamp: 'bool',
    },
    required: ['forward_to'],
  },
  'loki.relabel': {
    attributes: { forward_to: 'references', max_cache_size: 'number' },
    required: ['forward_to'],
    blocks: { rule },
  },
  'loki.process': {
    attributes: { forward_to: 'references' },
    required: ['forward_to'],
    blocks: {
      'stage.json': json,
      'stage.limit': {
        attributes: {
          rate: 'number',
          burst: 'number',
          drop: 'bool',
          by_label_name: 'string',
          max_distinct_labels: 'number',
        },
        required: ['rate', 'burst'],
      },
      'stage.truncate': {
        attributes: {},
        required: ['rule'],
        blocks: {
          rule: {
            attributes: { limit: 'size', sources: 'strings', source_type: 'string', suffix: 'string' },
            required: ['limit'],
          },
        },
      },
      'stage.cri': {
        attributes: {
          max_partial_lines: 'number',
          max_partial_line_size: 'number',
          max_partial_line_size_truncate: 'bool',
        },
      },
      'stage.structured_metadata': { attributes: { values: 'map', regex: 'string' } },
      'stage.label_drop': { attributes: { values: 'strings' }, required: ['values'] },
      'stage.match': {
        attributes: { selector: 'string', action: 'string' },
        required: ['selector'],
        blocks: {
          'stage.json': json,
          'stage.labels': { attributes: { values: 'map' }, required: ['values'] },
          'stage.metrics': {
            attributes: {},
            blocks: {
              'metric.counter': {
                attributes: {
                  name: 'string',
                  description: 'string',
                  source: 'string',
                  prefix: 'string',
                  value: 'string',
                  max_idle_duration: 'duration',
                  match_all: 'bool',
                  action: 'string',
                },
                required: ['name', 'action'],
              },
            },
          },
          'stage.label_drop': { attributes: { values: 'strings' }, required: ['values'] },
        },
      },
      'stage.static_labels': { attributes: { values: 'map' }, required: ['values'] },
    },
  },
  // Blocks `wal` and `queue_config` of loki.write are experimental in 1.18 and left out on purpose.
  'loki.write': {
    attributes: { external_labels: 'map', max_streams: 'number' },
    blocks: {
      endpoint: {
        attributes: {
          ...httpClient.attributes,
          name: 'string',
          url: 'string',
          batch_wait: 'duration',
          batch_size: 'size',
          remote_timeout: 'duration',
          headers: 'map',
          min_backoff_period: 'duration',
          max_backoff_period: 'duration',
          max_backoff_retries: 'number',
          tenant_id: 'string',
          retry_on_http_429: 'bool',
        },
        required: ['url'],
        blocks: httpClient.blocks,
      },
    },
  },
} as const satisfies Readonly<Record<string, BlockModel>>;
