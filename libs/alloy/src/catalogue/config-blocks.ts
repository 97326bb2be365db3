/**
 * Blocks that are no components: they configure Alloy itself, or make modules. The form: `read.ts`.
 * `declare`, and `template` of `foreach`, hold components and are read apart.
 */
export const configBlocks = `
argument value
  optional default comment
export
  value!
foreach
  collection! var! id hash_string_id enable_metrics
http
  auth{basic{username! password!} filter{paths authenticate_matching_paths}} tls{cert_pem cert_file key_pem
  key_file client_ca_pem client_ca_file client_auth_type cipher_suites curve_preferences min_version max_version
  windows_certificate_filter{server!{store system_store issuer_common_names template_id refresh_interval}
  client!{issuer_common_names subject_regex template_id}}}
import.file
  filename! detector poll_frequency
import.git
  repository! path! revision pull_frequency basic_auth{username! password!} ssh_key{username! key key_file
  passphrase}
import.http
  url! poll_frequency poll_timeout method headers body client{...http_client}
import.string
  content!
livedebugging
  enabled
logging
  level format destination write_to:logs[]
remotecfg
  ...http_client url id name attributes poll_frequency
tracing
  sampling_fraction send_traceparent write_to:otel[] sampler{jaeger_remote{url max_operations refresh_interval}}
`;
