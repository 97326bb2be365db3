/** What follows the prefix of a store's API where it only reads, as expressions. */
export const LOKI_QUERIES = [
  'query',
  'query_range',
  'labels',
  'label/.+/values',
  'series',
  'index/(?:stats|shards|volume|volume_range)',
  'patterns',
  'detected_(?:labels|fields)',
  'detected_field/.+/values',
  'format_query',
  'status/buildinfo',
] as const;

export const MIMIR_QUERIES = [
  'query',
  'query_range',
  'query_exemplars',
  'series',
  'labels',
  'label/.+/values',
  'metadata',
  'read',
  'format_query',
  'status/buildinfo',
] as const;

/** Prometheus has one tenant, so what it says of its targets and rules is that tenant's. */
export const PROMETHEUS_QUERIES = [
  'query',
  'query_range',
  'query_exemplars',
  'series',
  'labels',
  'label/.+/values',
  'metadata',
  'read',
  'format_query',
  'parse_query',
  'rules',
  'alerts',
  'targets(?:/metadata)?',
  'status/(?:buildinfo|tsdb)',
] as const;

export const TEMPO_QUERIES = [
  '(?:v2/)?traces/[^/]+',
  'search',
  '(?:v2/)?search/tags',
  '(?:v2/)?search/tag/.+/values',
  'metrics/(?:query|query_range)',
  'echo',
  'status/buildinfo',
] as const;
