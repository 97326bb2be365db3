import { changedTo, impossible } from '../../../core/verdicts.ts';

/** What becomes of the parts of Datadog's agent, wherever they are switched on. */

export const KEY = changedTo(
  'nothing',
  'no key of Datadog is needed, and none is copied; take it back when the last agent is gone',
);
export const SITE = changedTo(
  'the gateway of the stack',
  'what is collected goes to this stack. Agents can go on beside it: `docs/migrate.md`, Datadog side by side',
);
export const AGENT = changedTo('the collector', 'it is how the agent itself works, which goes with it');
export const PROXY = impossible('collectors call the gateway directly: no proxy is between');
export const APM = impossible(
  'libraries of Datadog speak to its agent alone: instrument with OpenTelemetry, service by service, and send OTLP to `alloy-gateway.monitoring.svc.cluster.local:4318`; on a machine to its loopback, with `otlp` of its group',
);
export const STATSD = impossible(
  'DogStatsD is not taken: let programs serve Prometheus metrics or send OTLP; or run `statsd_exporter`, and name it in a source of kind `static`',
);
export const PROCESSES = impossible(
  'processes are not listed live: run `process-exporter` for the few that matter, and name it in a source of kind `static`',
);
export const FLOWS = impossible(
  'connections between programs are not followed: traces have a service graph, and Cilium (Hubble) has metrics of flows',
);
export const SECURITY = impossible(
  'what programs do is not watched for attacks: keep what does that, or run Falco, whose lines are read like those of any pod',
);
export const SBOM = impossible(
  'images and hosts are not scanned: Trivy Operator does that in a cluster, and has metrics',
);
export const ADMISSION = impossible(
  'nothing is put into pods: instrument applications with OpenTelemetry, or with its operator',
);
export const SCALING = impossible(
  'pods are not scaled by metrics of this stack by itself: `prometheus-adapter` or KEDA can ask it',
);
export const LINES_WHY =
  'lines are stored whole: parsers `json`, `logfmt` and `regexp` read them at a query, and what must not be stored has to be left out by who writes it';
export const EVENTS = impossible(
  'events of Kubernetes are objects, and are not read: let an Alloy of your own do it, once, and push as one of `ingest.senders`',
);
export const TRAPS = impossible(
  'nothing listens to traps, flows or configurations of devices: a source of kind `snmp` asks them',
);
export const SEARCH = impossible('a network is not searched: name its devices in a source of kind `snmp`');
export const TAGS = impossible(
  'labels of pods, nodes and namespaces are joined at a query: `kube_pod_labels`, `kube_node_labels` of kube-state-metrics',
);
export const DISCOVERY = impossible(
  'pods are found by annotation `prometheus.io/scrape: "true"`, by ServiceMonitors and by PodMonitors, and not by what runs in them',
);
export const FILTERS = impossible(
  'all pods are read: to leave some out, drop them by hand, with a rule of `discovery.relabel` in a patch of the configuration',
);
export const ANNOTATED = changedTo(
  'collected by Alloy already',
  'pods with `prometheus.io/scrape: "true"` are found by Alloy; a port has to be declared on a container, and label `job` is `<namespace>/<workload>`',
);
export const INSIDE = changedTo(
  'collected by Alloy already',
  'kubelet, containers and kube-state-metrics are collected in the cluster, under names of their own',
);
export const POD_LINES = changedTo(
  'collected by Alloy already',
  'every node reads the files of its own pods; `service_name` is annotation `resource.opentelemetry.io/service.name`, else label `app.kubernetes.io/name`, else the workload',
);
