import { changedTo, impossible, type Verdict } from '../../core/verdicts.ts';

const PROFILES = impossible(
  'profiles have no store in this stack: keep a Pyroscope of yours, and the Alloy that writes to it',
);
const OPERATOR = changedTo(
  'collected by Alloy already',
  'Alloy reads every ServiceMonitor and PodMonitor of the cluster, whatever its labels and namespace',
);
const OBJECTS = impossible(
  'Alloy of the stack reads ServiceMonitors and PodMonitors alone: export these objects (`kubectl get -o yaml`), and import them with `--as=kube-prometheus-stack`',
);
const RULES = impossible(
  'no objects are read for rules: export them (`kubectl get prometheusrules -A -o yaml`), import them with `--as=kube-prometheus-stack`, and load the files with `mimirtool`',
);
const WORKED_OUT = impossible('it is read when Alloy runs: write what it says where it is used');
const DATABASES = impossible(
  'queries of databases are not looked at: a source of kind `postgresql` or `mysql` has their metrics',
);

/** What becomes of components as a whole that nothing else reads. */
export const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['prometheus.operator.servicemonitors', OPERATOR],
  ['prometheus.operator.podmonitors', OPERATOR],
  ['prometheus.operator.probes', OBJECTS],
  ['prometheus.operator.scrapeconfigs', OBJECTS],
  [
    'prometheus.receive_http',
    impossible(
      'who pushes series pushes them to the gateway, as one of `ingest.senders` with `protocols: [remote-write]`: give it that address and a credential',
    ),
  ],
  ['prometheus.echo', changedTo('nothing', 'it only shows series')],
  ['mimir.rules.kubernetes', RULES],
  ['loki.rules.kubernetes', RULES],
  [
    'mimir.alerts.kubernetes',
    impossible(
      'no objects are read for routes: say `notifications` and `tenants[].alerts`, or upload the routes of a tenant with `mimirtool alertmanager load`',
    ),
  ],
  [
    'beyla.ebpf',
    impossible(
      'nothing looks into programs from outside: run Beyla by itself, and let it send OTLP to `alloy-gateway`',
    ),
  ],
  [
    'faro.receiver',
    impossible(
      'browsers do not send here: keep an Alloy of yours for them, which sends OTLP to `alloy-gateway`, and lines as one of `ingest.senders`',
    ),
  ],
  ...['mysql', 'postgres', 'sql_server'].map((name) => [`database_observability.${name}`, DATABASES] as const),
  ...['ebpf', 'enrich', 'java', 'receive_http', 'relabel', 'scrape', 'write'].map(
    (name) => [`pyroscope.${name}`, PROFILES] as const,
  ),
  ...['http', 'kubernetes.configmap', 'kubernetes.secret', 's3', 'vault'].map(
    (name) => [`remote.${name}`, WORKED_OUT] as const,
  ),
]);

/** Blocks that configure Alloy itself. */
export const SETTINGS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['logging', changedTo('the collector', 'it logs as the stack says, to its standard output')],
  ['livedebugging', changedTo('the collector', 'what passes through it is not shown live')],
  ['http', changedTo('the collector', 'its own port is reached inside the cluster alone, or from its machine alone')],
  ['tracing', impossible('the programs of the stack send traces of their own nowhere')],
  [
    'remotecfg',
    impossible(
      'what is collected is in git, and not fetched from elsewhere: export what it fetches, and import that too',
    ),
  ],
]);

/** What nothing on this machine uses. */
export const UNUSED = 'nothing: no other component uses it';
