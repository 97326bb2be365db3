import { child, entriesOf, itemsOf, textOf, textsOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext } from './context.ts';

export const ALREADY = 'collected by Alloy already';
const POD = '__meta_kubernetes_pod_';

/** A job that finds pods: Alloy is on every node and reads them all, under labels of its own. */
export function readPods(job: SourceNode, context: LogContext): void {
  const { ledger } = context;
  ledger.changed(child(job, 'job_name'), ALREADY, 'every node reads the files of its own pods, without a job');
  for (const config of itemsOf(child(job, 'kubernetes_sd_configs'))) readDiscovery(config, context);
  for (const rule of itemsOf(child(job, 'relabel_configs'))) readStep(rule, context);
}

/** A configuration of `kubernetes_sd_configs`. */
function readDiscovery(config: SourceNode, { ledger }: LogContext): void {
  const role = child(config, 'role');
  if (textOf(role) === 'pod') ledger.changed(role, ALREADY, 'every node finds its own pods');
  else ledger.impossible(role, 'lines are those of pods: what is written elsewhere on a node is not read');
  const own = 'pods of all namespaces are read: to leave some out, drop them';
  for (const key of ['namespaces', 'selectors']) ledger.impossible(child(config, key), `${own} ${BY_HAND}`);
  for (const key of ['api_server', 'kubeconfig_file', 'basic_auth', 'authorization', 'oauth2', 'bearer_token_file'])
    ledger.impossible(
      child(config, key),
      'it looks into another cluster: describe that cluster by a file of its own with `role: edge`, and its own Alloy collects there',
    );
  for (const key of ['tls_config', 'bearer_token', 'follow_redirects', 'enable_http2', 'own_namespace'])
    ledger.changed(child(config, key), ALREADY, 'Alloy is signed in at the API server by its ServiceAccount');
  ledger.changed(child(config, 'attach_metadata'), ALREADY, 'labels of nodes are on no line');
}

const BY_HAND = 'by hand, with a rule of `discovery.relabel.logs`';
const metadata = (name: string): string =>
  `it is structured metadata, which a query asks for after the braces, \`${name}="…"\`: as a label it would make a stream of every pod there ever was`;
const SERVICE =
  'label `service_name` takes its place: annotation `resource.opentelemetry.io/service.name`, else label `app.kubernetes.io/name`, else the workload';
const NODE = 'the node is no label of lines: `kube_pod_info` says on which node a pod is';

/** What lines have in the place of a usual label. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['container_name', 'it is label `container`'],
  ['job', 'label `job` is `<namespace>/<container>`'],
  ['pod', metadata('pod')],
  ['pod_name', metadata('pod')],
  ['stream', metadata('stream')],
  ['filename', 'the file is no label: pod and container say which it is'],
  ['app', SERVICE],
  ['app_name', SERVICE],
  ['application', SERVICE],
  ['name', SERVICE],
  ['service', SERVICE],
  ['service_name', SERVICE],
  ['cluster', 'label `cluster` of everything is the name of the cluster file'],
]);
const NODES = new Set(['node', 'node_name', 'nodename', 'host', 'hostname', 'node_hostname']);
/** Labels that are the same: from where they come. */
const SAME = new Map([
  ['namespace', '__meta_kubernetes_namespace'],
  ['container', `${POD}container_name`],
]);

/** Says of a step of relabelling what of it is so already. */
export function readStep(rule: SourceNode, context: LogContext): void {
  const { ledger } = context;
  const action = (textOf(child(rule, 'action')) ?? 'replace').toLowerCase();
  const target = textOf(child(rule, 'target_label')) ?? '';
  const sources = textsOf(child(rule, 'source_labels'));
  switch (action) {
    case 'replace':
    case 'lowercase':
    case 'uppercase':
      readLabel(rule, target, sources, context);
      return;
    case 'keep':
    case 'drop':
      if (sources.every(isUsual)) ledger.changed(rule, ALREADY, 'all pods are read, each container once');
      else ledger.impossible(rule, `the lines of every pod are kept, of whatever job: leave some out ${BY_HAND}`);
      return;
    case 'labelmap':
      ledger.impossible(
        rule,
        `labels of pods are no labels of lines, where each value would be a stream of its own: take the few that you ask for ${BY_HAND}`,
      );
      return;
    case 'labeldrop':
    case 'labelkeep':
      ledger.changed(
        rule,
        ALREADY,
        'labels of lines are `cluster`, `namespace`, `container`, `job` and `service_name`, and no others',
      );
      return;
    case 'hashmod':
      ledger.changed(rule, ALREADY, 'every node reads its own pods, which is how they are shared out');
      return;
    default:
    // An action of another version: not known.
  }
}

/** By which label jobs that follow each other tell their pods apart, so that together they read all. */
function isUsual(label: string): boolean {
  return (
    label.startsWith('__service') ||
    label.startsWith('__tmp') ||
    label === '__host__' ||
    [
      `${POD}name`,
      `${POD}node_name`,
      `${POD}uid`,
      `${POD}phase`,
      `${POD}ready`,
      `${POD}container_init`,
      `${POD}label_name`,
      `${POD}label_app`,
      `${POD}label_k8s_app`,
      `${POD}label_app_kubernetes_io_name`,
      `${POD}controller_kind`,
      `${POD}controller_name`,
      `${POD}annotation_kubernetes_io_config_hash`,
      `${POD}annotation_kubernetes_io_config_mirror`,
      `${POD}annotationpresent_kubernetes_io_config_hash`,
      `${POD}annotationpresent_kubernetes_io_config_mirror`,
    ].includes(label)
  );
}

function readLabel(rule: SourceNode, target: string, sources: readonly string[], { ledger }: LogContext): void {
  if (target.startsWith('__')) {
    ledger.changed(rule, ALREADY, 'Alloy knows where the files of a pod are');
    return;
  }
  const [only] = sources;
  const plain = sources.length === 1 && entriesOf(rule).every(([key]) => PLAIN.has(key));
  if (plain && SAME.get(target) === only) {
    ledger.carried(rule, `label \`${target}\`, by Alloy on the nodes`);
    return;
  }
  const instead =
    LABELS.get(target) ?? (SAME.has(target) ? `label \`${target}\` is what Kubernetes calls it` : undefined);
  if (instead !== undefined) ledger.changed(rule, ALREADY, instead);
  else if (NODES.has(target)) ledger.impossible(rule, NODE);
  else
    ledger.impossible(
      rule,
      `lines have the labels \`cluster\`, \`namespace\`, \`container\`, \`job\` and \`service_name\`: add another one ${BY_HAND}`,
    );
}

/** Keys of a step that copies a label as it is. */
const PLAIN = new Set(['source_labels', 'target_label', 'action', 'separator']);
