import { changedTo, impossible, type Verdict } from '../../../core/verdicts.ts';
import type { Where } from '../context.ts';

/** Checks of what the agent runs on, which the cluster file measures without saying it. */
const MEASURED = new Set([
  ...['cpu', 'disk', 'io', 'load', 'memory', 'network', 'uptime', 'file_handle', 'system_core', 'system_swap'],
  ...['ntp', 'nfsstat', 'btrfs', 'wlan', 'systemd', 'windows_service', 'winproc', 'winkmem', 'iis', 'active_directory'],
]);

/** Checks of Kubernetes, which is collected from inside. */
const OF_CLUSTER = new Set([
  ...['kubelet', 'kubernetes_state', 'kubernetes_state_core', 'docker', 'containerd', 'cri', 'crio', 'container'],
  ...['container_image', 'container_lifecycle', 'orchestrator', 'orchestrator_pod', 'orchestrator_kubelet_config'],
]);

const CONTROL_PLANE = new Set([
  ...['kubernetes_apiserver', 'kube_apiserver_metrics', 'kube_controller_manager', 'kube_scheduler', 'kube_dns'],
  ...['kube_proxy', 'kube_metrics_server', 'kubernetes_cluster_autoscaler', 'coredns', 'etcd', 'helm', 'cilium'],
]);

/** What is said of a check that needs no instance to be said of; nothing where it is another one. */
export function ofMachine(check: string, where: Where, group: string): Verdict | undefined {
  if (MEASURED.has(check))
    return where === 'nodes'
      ? changedTo('collected by Alloy already', 'node-exporter comes with the stack: job `monitoring/node-exporter`')
      : changedTo(
          `ingest.hosts[${group}]`,
          'a group of machines is measured by itself, without a check that says so; under the names of node_exporter or windows_exporter',
        );
  if (OF_CLUSTER.has(check) && where === 'machine')
    return impossible(
      'containers are not measured on machines: run cAdvisor beside them, and name it in a source of kind `static`',
    );
  if (OF_CLUSTER.has(check))
    return changedTo(
      'collected by Alloy already',
      'kubelet, containers and kube-state-metrics are collected in the cluster, under names of their own',
    );
  if (CONTROL_PLANE.has(check))
    return impossible(
      'what Kubernetes itself runs is not collected by itself: write a ServiceMonitor for it, which Alloy reads',
    );
  return undefined;
}
