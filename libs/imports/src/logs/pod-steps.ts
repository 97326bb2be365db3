import { child, entriesOf, textOf, textsOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

export const ALREADY = 'collected by Alloy already';
export const BY_HAND = 'by hand, with a rule of `discovery.relabel.logs` in a patch of its configuration';
export const OTHER_CLUSTER =
  'it looks into another cluster: describe that cluster by a file of its own with `role: edge`, and its own Alloy collects there';
const POD = '__meta_kubernetes_pod_';

const metadata = (name: string): string =>
  `it is structured metadata, which a query asks for after the braces, \`${name}="…"\`: as a label it would make a stream of every pod there ever was`;
const SERVICE =
  'label `service_name` takes its place: annotation `resource.opentelemetry.io/service.name`, else label `app.kubernetes.io/name`, else the workload';

/** What lines have in the place of a usual label. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['container_name', 'it is label `container`'],
  ['job', 'label `job` is `<namespace>/<container>`'],
  ['pod', metadata('pod')],
  ['pod_name', metadata('pod')],
  ['stream', metadata('stream')],
  ['filename', 'the file is no label: pod and container say which it is'],
  ...['app', 'app_name', 'application', 'name', 'service', 'service_name'].map((name) => [name, SERVICE] as const),
  ['cluster', 'label `cluster` of everything is the name of the cluster file'],
]);
const NODES = new Set(['node', 'node_name', 'nodename', 'host', 'hostname', 'node_hostname']);
/** Labels that are the same: from where they come. */
const SAME = new Map([
  ['namespace', '__meta_kubernetes_namespace'],
  ['container', `${POD}container_name`],
]);

/** By which labels it is seen to that each container is read once, by one collector. */
const USUAL = new RegExp(
  `^(?:__service.*|__tmp.*|__host__|${POD}(?:name|node_name|uid|phase|ready|container_init|controller_kind|controller_name|annotation(?:present)?_kubernetes_io_config_(?:hash|mirror)))$`,
);

/** Keys of a step that copies a label as it is. */
const PLAIN = new Set(['source_labels', 'target_label', 'action', 'separator']);

/**
 * Says of a step of relabelling pods what of it is so already.
 *
 * @param alsoUsual labels by which what is read tells its jobs apart, so that together they read all pods
 */
export function readStep(rule: SourceNode, ledger: Ledger, alsoUsual?: RegExp): void {
  const action = (textOf(child(rule, 'action')) ?? 'replace').toLowerCase();
  const sources = textsOf(child(rule, 'source_labels'));
  switch (action) {
    case 'replace':
    case 'lowercase':
    case 'uppercase':
      readLabel(rule, textOf(child(rule, 'target_label')) ?? '', sources, ledger);
      return;
    case 'keep':
    case 'drop':
      if (sources.every((label) => USUAL.test(label) || alsoUsual?.test(label) === true))
        ledger.changed(rule, ALREADY, 'all pods are read, each container once');
      else ledger.impossible(rule, `the lines of every pod are kept: leave some out ${BY_HAND}`);
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

function readLabel(rule: SourceNode, target: string, sources: readonly string[], ledger: Ledger): void {
  const [only] = sources;
  if (target.startsWith('__')) {
    ledger.changed(rule, ALREADY, 'Alloy knows where the files of a pod are');
    return;
  }
  const plain = sources.length === 1 && entriesOf(rule).every(([key]) => PLAIN.has(key));
  if (plain && SAME.get(target) === only) {
    ledger.carried(rule, `label \`${target}\`, by Alloy on the nodes`);
    return;
  }
  const instead =
    LABELS.get(target) ?? (SAME.has(target) ? `label \`${target}\` is what Kubernetes calls it` : undefined);
  if (instead !== undefined) ledger.changed(rule, ALREADY, instead);
  else if (NODES.has(target))
    ledger.impossible(rule, 'the node is no label of lines: `kube_pod_info` says on which node a pod is');
  else
    ledger.impossible(
      rule,
      `lines have the labels \`cluster\`, \`namespace\`, \`container\`, \`job\` and \`service_name\`: add another one ${BY_HAND}`,
    );
}
