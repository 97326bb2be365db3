/** Why parts of a Prometheus have no place in the cluster file, and what to do; said alike of every input. */

export const REMOTE_WRITE =
  'the stack keeps what it collects, and sends it nowhere else. While both run, let the old Prometheus push to the gateway (`ingest.senders`), or go on by itself';
export const REMOTE_READ =
  'queries go to the store of this stack alone: what was written before stays where it is, and Grafana can have a data source for it';
export const ALERTING =
  "alerts go to Mimir's own Alertmanager, and from there to `notifications` and `tenants[].alerts` or to routes that are uploaded with `mimirtool alertmanager load`; your own Alertmanager can be such a webhook only behind a relay";
export const LATE_SAMPLES = 'how late a sample may be follows from the plan';
export const EXEMPLARS = 'how many exemplars are kept follows from the plan';
export const BY_AGE = 'data are deleted by their age: say `retention.metrics`';
export const TRACING = 'the programs of the stack send traces of their own nowhere';
export const QUERY_LOG = 'queries are in the log of the query front end';
export const RULE_OFFSET = 'the ruler evaluates without an offset: say `query_offset` of a group';
export const OTLP =
  'the gateway takes OTLP, and Mimir translates it by its own settings: senders are said in `ingest.senders`';
