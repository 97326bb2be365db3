import type { Recording } from '../../types.ts';

const CADVISOR = 'job="kube-system/cadvisor"';
const OWNER = 'namespace_pod:kube_pod_owner:workload';

/** Which pod is whose, and what namespaces and workloads use and ask for: dashboards, budgets and costs add these up. */
export function usage(state: string): readonly Recording[] {
  const cpu = `rate(container_cpu_usage_seconds_total{${CADVISOR}, container!=""}[5m])`;
  const memory = `container_memory_working_set_bytes{${CADVISOR}, container!=""}`;
  return [
    { record: OWNER, expr: owner(state) },
    { record: 'namespace_workload:container_cpu_usage_seconds:rate5m', expr: ofWorkloads(cpu) },
    { record: 'namespace_workload:container_memory_working_set_bytes:sum', expr: ofWorkloads(memory) },
    { record: 'namespace:container_cpu_usage_seconds:rate5m', expr: `sum by (cluster, namespace) (${cpu})` },
    { record: 'namespace:container_memory_working_set_bytes:sum', expr: `sum by (cluster, namespace) (${memory})` },
    ...['receive', 'transmit'].flatMap((way): readonly Recording[] => {
      // A pod in the network of its node has the numbers of the node.
      const bytes = `rate(container_network_${way}_bytes_total{${CADVISOR}}[5m]) unless on (cluster, namespace, pod) kube_pod_info{${state}, host_network="true"}`;
      return [
        { record: `namespace_workload:container_network_${way}_bytes:rate5m`, expr: ofWorkloads(bytes) },
        { record: `namespace:container_network_${way}_bytes:rate5m`, expr: `sum by (cluster, namespace) (${bytes})` },
      ];
    }),
    ...['cpu', 'memory'].map((resource): Recording => {
      const unit = resource === 'cpu' ? 'cpu_cores' : 'memory_bytes';
      return {
        record: `namespace_workload:kube_pod_container_resource_requests_${unit}:sum`,
        expr: ofWorkloads(
          // Of a pod that has ended nothing is reserved any more.
          `max by (cluster, namespace, pod, container) (kube_pod_container_resource_requests{${state}, resource="${resource}"}) and on (cluster, namespace, pod) kube_pod_status_phase{${state}, phase=~"Pending|Running"} == 1`,
        ),
      };
    }),
  ];
}

/** As label `job` names workloads: of what a Deployment or a CronJob puts between, the name without its last part. */
function owner(state: string): string {
  const controlled = `label_replace(label_replace(kube_pod_owner{${state}, owner_is_controller="true"}, "workload", "$1", "owner_name", "(.+)"), "workload_type", "$1", "owner_kind", "(.+)")`;
  const deployed = replaced(controlled, 'ReplicaSet;(.+)-[bcdfghjklmnpqrstvwxz2456789]+', 'Deployment');
  const scheduled = replaced(deployed, 'Job;(.+)-[0-9]{8,}', 'CronJob');
  return `max by (cluster, namespace, pod, workload, workload_type) (${scheduled})`;
}

function replaced(vector: string, expression: string, kind: string): string {
  const joined = `label_join(${vector}, "between", ";", "owner_kind", "owner_name")`;
  return `label_replace(label_replace(${joined}, "workload", "$1", "between", "${expression}"), "workload_type", "${kind}", "between", "${expression}")`;
}

function ofWorkloads(vector: string): string {
  const pods = `sum by (cluster, namespace, pod) (${vector})`;
  return `sum by (cluster, namespace, workload, workload_type) (${pods} * on (cluster, namespace, pod) group_left (workload, workload_type) ${OWNER})`;
}
