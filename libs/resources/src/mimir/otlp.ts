/**
 * Resource attributes that become labels of every metric that comes in over OTLP, so that metrics, logs and
 * traces of one workload can be joined. `service.name` is among them although `job` holds it too: logs and span
 * metrics call it `service_name`.
 */
export const promotedResourceAttributes: readonly string[] = [
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.pod.name',
  'k8s.container.name',
  'service.namespace',
  'service.name',
  'service.version',
  'deployment.environment.name',
];
