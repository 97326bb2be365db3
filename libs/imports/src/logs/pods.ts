import { child, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext } from './context.ts';
import { ALREADY, BY_HAND, OTHER_CLUSTER, readStep } from './pod-steps.ts';

/** A job that finds pods: Alloy is on every node and reads them all, under labels of its own. */
export function readPods(job: SourceNode, context: LogContext): void {
  const { ledger } = context;
  ledger.changed(child(job, 'job_name'), ALREADY, 'every node reads the files of its own pods, without a job');
  for (const config of itemsOf(child(job, 'kubernetes_sd_configs'))) readDiscovery(config, context);
  for (const rule of itemsOf(child(job, 'relabel_configs'))) readPodStep(rule, context);
}

/** A configuration of `kubernetes_sd_configs`. */
function readDiscovery(config: SourceNode, { ledger }: LogContext): void {
  const role = child(config, 'role');
  if (textOf(role) === 'pod') ledger.changed(role, ALREADY, 'every node finds its own pods');
  else ledger.impossible(role, 'lines are those of pods: what is written elsewhere on a node is not read');
  const own = 'pods of all namespaces are read: to leave some out, drop them';
  for (const key of ['namespaces', 'selectors']) ledger.impossible(child(config, key), `${own} ${BY_HAND}`);
  for (const key of ['api_server', 'kubeconfig_file', 'basic_auth', 'authorization', 'oauth2', 'bearer_token_file'])
    ledger.impossible(child(config, key), OTHER_CLUSTER);
  for (const key of ['tls_config', 'bearer_token', 'follow_redirects', 'enable_http2', 'own_namespace'])
    ledger.changed(child(config, key), ALREADY, 'Alloy is signed in at the API server by its ServiceAccount');
  ledger.changed(child(config, 'attach_metadata'), ALREADY, 'labels of nodes are on no line');
}

/** Charts make a job for each label by which a pod may be named. */
const NAMED = /^__meta_kubernetes_pod_label_(?:name|app|k8s_app|app_kubernetes_io_name)$/;

/** Says of a step of relabelling what of it is so already. */
export function readPodStep(rule: SourceNode, { ledger }: LogContext): void {
  readStep(rule, ledger, NAMED);
}
