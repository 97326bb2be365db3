import type { BlockModel } from '../model.ts';

/** Exporters that are built into Alloy. Of their many arguments those are here that this repository sets. */
export const exporters = {
  'prometheus.exporter.blackbox': {
    attributes: { config: 'string', targets: 'targets', probe_timeout_offset: 'duration' },
    required: ['config', 'targets'],
  },
  'prometheus.exporter.snmp': {
    attributes: { config: 'string', config_merge_strategy: 'string', concurrency: 'number', targets: 'targets' },
    required: ['targets'],
  },
  'prometheus.exporter.postgres': {
    attributes: { data_source_names: 'strings', enabled_collectors: 'strings' },
    required: ['data_source_names'],
    blocks: { autodiscovery: { attributes: { enabled: 'bool' } } },
  },
  'prometheus.exporter.mysql': {
    attributes: { data_source_name: 'string', enable_collectors: 'strings' },
    required: ['data_source_name'],
  },
  'prometheus.exporter.mongodb': {
    attributes: { mongodb_uri: 'string', direct_connect: 'bool', collect_all: 'bool', compatible_mode: 'bool' },
    required: ['mongodb_uri'],
  },
  'prometheus.exporter.redis': {
    attributes: {
      redis_addr: 'string',
      redis_user: 'string',
      redis_password: 'string',
      connection_timeout: 'duration',
      tls_ca_cert_file: 'string',
      tls_client_cert_file: 'string',
      tls_client_key_file: 'string',
      skip_tls_verification: 'bool',
    },
    required: ['redis_addr'],
  },
  'prometheus.exporter.kafka': {
    attributes: {
      instance: 'string',
      kafka_uris: 'strings',
      kafka_version: 'string',
      use_sasl: 'bool',
      sasl_mechanism: 'string',
      sasl_username: 'string',
      sasl_password: 'string',
      use_tls: 'bool',
      tls_server_name: 'string',
      ca_file: 'string',
      cert_file: 'string',
      key_file: 'string',
      insecure_skip_verify: 'bool',
    },
    required: ['kafka_uris'],
  },
  'prometheus.exporter.elasticsearch': {
    attributes: {
      address: 'string',
      timeout: 'duration',
      all: 'bool',
      indices: 'bool',
      ca: 'string',
      client_cert: 'string',
      client_private_key: 'string',
      ssl_skip_verify: 'bool',
    },
    required: ['address'],
    blocks: { basic_auth: { attributes: { username: 'string', password: 'string' } } },
  },
} as const satisfies Readonly<Record<string, BlockModel>>;
