import { child, itemsOf, textOf, textsOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';

export type Verdict =
  | { readonly outcome: 'changed'; readonly to: string; readonly how: string }
  | { readonly outcome: 'impossible'; readonly why: string };

const POD = '__meta_kubernetes_pod_annotation_';
const SERVICE = '__meta_kubernetes_service_annotation_';
const already = (how: string): Verdict => ({ outcome: 'changed', to: 'collected by Alloy already', how });

const OTHERWISE =
  'Alloy finds pods by annotation, and what ServiceMonitors and PodMonitors name: write one of them for these targets, which needs no key here';

/**
 * What becomes of a job that finds its targets in Kubernetes. The stack collects there by itself; the well-known
 * shapes of such jobs are what it does already, and of any other it says what to write.
 */
export function kubernetesVerdict(job: SourceNode): Verdict {
  const configs = itemsOf(child(job, 'kubernetes_sd_configs'));
  if (configs.some((config) => child(config, 'api_server') ?? child(config, 'kubeconfig_file')))
    return {
      outcome: 'impossible',
      why: 'it looks into another cluster: describe that cluster by a file of its own with `role: edge`, and its own Alloy collects there',
    };
  const roles = new Set(configs.map((config) => textOf(child(config, 'role')) ?? ''));
  const rules = itemsOf(child(job, 'relabel_configs'));
  const labels = new Set(rules.flatMap((rule) => textsOf(child(rule, 'source_labels'))));
  const says = (text: RegExp): boolean =>
    rules.some((rule) => text.test(textOf(child(rule, 'replacement')) ?? '')) ||
    text.test(textOf(child(job, 'metrics_path')) ?? '');
  const keeps = (text: RegExp): boolean =>
    rules.some((rule) => textOf(child(rule, 'action')) === 'keep' && text.test(textOf(child(rule, 'regex')) ?? ''));

  if (roles.has('node')) {
    if (says(/cadvisor/)) return already('every node scrapes its own containers: job `kube-system/cadvisor`');
    if (says(/probes|resource/))
      return {
        outcome: 'impossible',
        why: `of the kubelet only \`/metrics\` and \`/metrics/cadvisor\` are collected. ${OTHERWISE}`,
      };
    if (says(/:9100|node.exporter/))
      return already('node-exporter comes with the stack: job `monitoring/node-exporter`');
    return already('every node scrapes its own kubelet: job `kube-system/kubelet`');
  }
  if (keeps(/kubernetes;https/))
    return {
      outcome: 'impossible',
      why: 'the API server is not collected by itself: write a ServiceMonitor for Service `kubernetes` of namespace `default`, which Alloy reads',
    };
  if (labels.has('__param_target') || says(/^\/probe$/) || labels.has(`${SERVICE}prometheus_io_probe`))
    return {
      outcome: 'impossible',
      why: 'probes of Services and Ingresses are not found by annotation: name what is probed in a source of kind `blackbox`',
    };
  if (roles.size === 1 && roles.has('pod') && labels.has(`${POD}prometheus_io_scrape`))
    return already(
      'pods with `prometheus.io/scrape: "true"` are found by Alloy; a port has to be declared on a container, and label `job` is `<namespace>/<workload>`',
    );
  if ([...labels].some((label) => label.startsWith(SERVICE)))
    return {
      outcome: 'impossible',
      why: 'Alloy reads the annotations of pods, not of Services: move them to the template of the pods, or write a ServiceMonitor',
    };
  if (keeps(/kube-state-metrics/) || /kube-state-metrics/.test(textOf(child(job, 'job_name')) ?? ''))
    return already('kube-state-metrics comes with the stack: job `monitoring/kube-state-metrics`');
  if (keeps(/node-exporter/)) return already('node-exporter comes with the stack: job `monitoring/node-exporter`');
  return { outcome: 'impossible', why: OTHERWISE };
}
