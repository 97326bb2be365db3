import type { BlockModel } from '../model.ts';

const output = {
  attributes: { metrics: 'references', logs: 'references', traces: 'references' },
} as const satisfies BlockModel;

const retry = {
  attributes: {
    enabled: 'bool',
    initial_interval: 'duration',
    randomization_factor: 'number',
    multiplier: 'number',
    max_interval: 'duration',
    max_elapsed_time: 'duration',
  },
} as const satisfies BlockModel;

/** Without `storage`: otelcol.storage.file is a public preview in 1.18. */
const queue = {
  attributes: {
    enabled: 'bool',
    num_consumers: 'number',
    queue_size: 'number',
    block_on_overflow: 'bool',
    sizer: 'string',
    wait_for_result: 'bool',
  },
} as const satisfies BlockModel;

const clientTls = {
  attributes: {
    insecure: 'bool',
    insecure_skip_verify: 'bool',
    server_name: 'string',
    ca_file: 'string',
    cert_file: 'string',
    key_file: 'string',
    reload_interval: 'duration',
    min_version: 'string',
  },
} as const satisfies BlockModel;

const serverTls = {
  attributes: {
    cert_file: 'string',
    key_file: 'string',
    client_ca_file: 'string',
    reload_interval: 'duration',
    min_version: 'string',
  },
} as const satisfies BlockModel;

const conditions = {
  attributes: { context: 'string', conditions: 'strings' },
  required: ['conditions'],
} as const satisfies BlockModel;

const policy = {
  attributes: { name: 'string', type: 'string' },
  required: ['name', 'type'],
  blocks: {
    latency: {
      attributes: { threshold_ms: 'number', upper_threshold_ms: 'number' },
      required: ['threshold_ms'],
    },
    probabilistic: {
      attributes: { sampling_percentage: 'number', hash_salt: 'string' },
      required: ['sampling_percentage'],
    },
    status_code: { attributes: { status_codes: 'strings' }, required: ['status_codes'] },
  },
} as const satisfies BlockModel;

export const otelcol = {
  'otelcol.receiver.otlp': {
    attributes: {},
    required: ['output'],
    blocks: {
      grpc: {
        attributes: {
          endpoint: 'string',
          max_recv_msg_size: 'size',
          max_concurrent_streams: 'number',
          include_metadata: 'bool',
        },
        blocks: {
          tls: serverTls,
          keepalive: {
            attributes: {},
            blocks: {
              server_parameters: {
                attributes: {
                  max_connection_idle: 'duration',
                  max_connection_age: 'duration',
                  max_connection_age_grace: 'duration',
                  time: 'duration',
                  timeout: 'duration',
                },
              },
            },
          },
        },
      },
      http: { attributes: { endpoint: 'string', max_request_body_size: 'size' }, blocks: { tls: serverTls } },
      output,
    },
  },
  'otelcol.processor.memory_limiter': {
    attributes: {
      check_interval: 'duration',
      limit: 'size',
      spike_limit: 'size',
      limit_percentage: 'number',
      spike_limit_percentage: 'number',
    },
    required: ['check_interval', 'output'],
    blocks: { output },
  },
  'otelcol.processor.k8sattributes': {
    attributes: {
      auth_type: 'string',
      passthrough: 'bool',
      wait_for_metadata: 'bool',
      wait_for_metadata_timeout: 'duration',
      watch_sync_period: 'duration',
    },
    required: ['output'],
    blocks: {
      extract: {
        attributes: { metadata: 'strings', otel_annotations: 'bool', deployment_name_from_replicaset: 'bool' },
      },
      pod_association: {
        attributes: {},
        required: ['source'],
        blocks: { source: { attributes: { from: 'string', name: 'string' }, required: ['from'] } },
      },
      output,
    },
  },
  'otelcol.processor.transform': {
    attributes: { error_mode: 'string' },
    required: ['output'],
    blocks: {
      statements: { attributes: { trace: 'strings', metric: 'strings', log: 'strings' } },
      output,
    },
  },
  'otelcol.processor.filter': {
    attributes: { error_mode: 'string' },
    required: ['output'],
    blocks: { trace_conditions: conditions, metric_conditions: conditions, log_conditions: conditions, output },
  },
  'otelcol.processor.probabilistic_sampler': {
    attributes: {
      sampling_percentage: 'number',
      hash_seed: 'number',
      mode: 'string',
      fail_closed: 'bool',
      sampling_precision: 'number',
    },
    required: ['output'],
    blocks: { output },
  },
  'otelcol.processor.tail_sampling': {
    attributes: {
      decision_wait: 'duration',
      decision_wait_after_root_received: 'duration',
      num_traces: 'number',
      expected_new_traces_per_sec: 'number',
      sample_on_first_match: 'bool',
      maximum_trace_size_bytes: 'number',
      decision_cache: 'object',
    },
    required: ['policy', 'output'],
    blocks: { policy, output },
  },
  'otelcol.processor.batch': {
    attributes: { timeout: 'duration', send_batch_size: 'number', send_batch_max_size: 'number' },
    required: ['output'],
    blocks: { output },
  },
  'otelcol.exporter.loadbalancing': {
    attributes: { routing_key: 'string', timeout: 'duration' },
    required: ['resolver', 'protocol'],
    blocks: {
      resolver: {
        attributes: {},
        blocks: {
          dns: {
            attributes: { hostname: 'string', port: 'string', interval: 'duration', timeout: 'duration' },
            required: ['hostname'],
          },
        },
      },
      protocol: {
        attributes: {},
        required: ['otlp'],
        blocks: {
          otlp: {
            attributes: { timeout: 'duration' },
            required: ['client'],
            blocks: {
              client: { attributes: { compression: 'string' }, blocks: { tls: clientTls } },
              queue,
              retry,
            },
          },
        },
      },
      retry_on_failure: retry,
      sending_queue: queue,
    },
  },
  'otelcol.exporter.otlphttp': {
    attributes: { traces_endpoint: 'string', metrics_endpoint: 'string', logs_endpoint: 'string', encoding: 'string' },
    required: ['client'],
    blocks: {
      client: {
        attributes: {
          endpoint: 'string',
          auth: 'reference',
          compression: 'string',
          timeout: 'duration',
          headers: 'map',
        },
        required: ['endpoint'],
        blocks: { tls: clientTls },
      },
      sending_queue: queue,
      retry_on_failure: retry,
    },
  },
  'otelcol.auth.headers': {
    attributes: {},
    blocks: {
      header: {
        attributes: { key: 'string', value: 'reference', from_context: 'string', action: 'string' },
        required: ['key'],
      },
    },
  },
  'otelcol.auth.bearer': { attributes: { token: 'reference', scheme: 'string' }, required: ['token'] },
  'otelcol.auth.basic': {
    attributes: {},
    blocks: { client_auth: { attributes: { username: 'string', password: 'reference' } } },
  },
} as const satisfies Readonly<Record<string, BlockModel>>;
