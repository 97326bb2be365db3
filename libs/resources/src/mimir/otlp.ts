/**
 * Resource attributes that become labels of every metric that comes in over OTLP, so that metrics, logs and
 * traces of one workload can be joined. `service.name` is among them although `job` holds it too: logs and span
 * metrics call it `service_name`.
 */
export const promotedResourceAttributes: readonly string[] = [
  // Set by the collectors: the label contract of everything that comes in.
  'cluster',
  'namespace',
  'pod',
  'container',
  'service.name',
  'service.namespace',
  'service.version',
  'deployment.environment.name',
];
