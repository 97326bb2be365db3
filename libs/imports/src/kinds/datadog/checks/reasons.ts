/** Why instances of checks cannot come along, said alike of all. */

export const LOCAL =
  'it is the machine itself on which the agent runs: say the address at which the cluster reaches it';
export const TEMPLATE =
  'it is found by a template of autodiscovery, which is known when the agent runs: in the cluster, give the pod the annotation `prometheus.io/scrape: "true"` with `prometheus.io/port`, or write a ServiceMonitor; else name it in a source';
export const OWN =
  'a source collects what the exporter of its kind does by itself, and no more: run an exporter of your own beside the server for this, and name it in a source of kind `static`';
export const STATEMENTS = 'statements of a database are not looked at, only its metrics are';
